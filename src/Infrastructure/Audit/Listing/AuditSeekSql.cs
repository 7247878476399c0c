using System.Text;

namespace ReleaseDashboard.Infrastructure.Audit.Listing;

/// <summary>The statements of <see cref="AuditSeek"/>. They hold no values, only parameters.</summary>
internal sealed class AuditSeekSql(AuditSeekRange range, bool isSqlite)
{
    public bool IsSqlite => isSqlite;

    /// <summary>The entries of one release, or of the whole trail, in order. One release is small enough to be filtered as it is read.</summary>
    public string Single()
    {
        var text = new StringBuilder();
        if (range.Release is null)
            text.Append("SELECT \"Sequence\" FROM audit WHERE \"Sequence\" >= @first AND \"Sequence\" < @end").Append(Times());
        else
            text.Append(Select(["ReleaseId"], ["@release"])).Append(Times()).Append(Rest());
        return text.Append(Order(range.Release is null ? [] : ["ReleaseId"])).Append(" LIMIT @count").ToString();
    }

    /// <summary>The entries of one action (SQLite).</summary>
    public string Arm()
    {
        var (columns, values) = Key("@action");
        return $"{Select(columns, values)}{Times()}{Order(columns)} LIMIT @count";
    }

    /// <summary>The entries of some actions (PostgreSQL).</summary>
    public string Arms()
    {
        var (columns, values) = Key("one.action");
        return $"SELECT found.\"Sequence\" FROM unnest(@action) AS one(action) CROSS JOIN LATERAL ({Select(columns, values)}{Times()}{Order(columns)} LIMIT @count) AS found ORDER BY 1 DESC LIMIT @count";
    }

    /// <summary>Name and value of each parameter.</summary>
    public IEnumerable<(string Name, object Value)> Values(object? actions, long first)
    {
        yield return ("first", first);
        yield return ("end", range.End);
        yield return ("count", range.Count);
        if (range.Actor is { } actor)
            yield return ("actor", actor);
        if (range.Project is { } project)
            yield return ("project", project);
        if (range.Release is { } release)
            yield return ("release", release);
        if (range.From is { } from)
            yield return ("from", Moment(from));
        if (range.To is { } to)
            yield return ("to", Moment(to));
        if ((actions ?? range.Action) is { } action)
            yield return ("action", isSqlite || actions is not string one ? action : new[] { one });
    }

    private object Moment(DateTimeOffset time) => isSqlite ? time.ToUnixTimeMilliseconds() : time.ToUniversalTime();

    private (string[] Columns, string[] Values) Key(string action)
    {
        List<string> columns = [], values = [];
        if (range.Project is not null)
            (columns, values) = ([.. columns, "ProjectId"], [.. values, "@project"]);
        if (range.Actor is not null)
            (columns, values) = ([.. columns, "ActorName"], [.. values, "@actor"]);
        return ([.. columns, "Action"], [.. values, action]);
    }

    /// <summary>
    /// A stretch of one index. SQLite is told which. PostgreSQL cannot be told, and may believe that matches are near the end and
    /// walk the whole trail backwards by its key. An ANY is not taken for a single value: so the order asked for begins with that
    /// column, and only the index of all columns has it. (A comparison of whole rows would not end where its first column still fits.)
    /// </summary>
    private string Select(string[] columns, string[] values)
    {
        var equal = string.Join(" AND ", columns.Zip(values, (column, value) => isSqlite || column != columns[0] ? $"\"{column}\" = {value}" : $"\"{column}\" = ANY(ARRAY[{value}])"));
        var index = isSqlite ? $" INDEXED BY \"IX_audit_{string.Join('_', columns)}_Sequence\"" : "";
        return $"SELECT \"Sequence\" FROM audit{index} WHERE {equal} AND \"Sequence\" >= @first AND \"Sequence\" < @end";
    }

    private string Order(string[] columns) => $" ORDER BY {(isSqlite || columns.Length == 0 ? "" : $"\"{columns[0]}\" DESC, ")}\"Sequence\" DESC";

    private string Times() => (range.From is null ? "" : " AND \"At\" >= @from") + (range.To is null ? "" : " AND \"At\" < @to");

    private string Rest() =>
        (range.Actor is null ? "" : " AND \"ActorName\" = @actor")
        + (range.Project is null ? "" : " AND \"ProjectId\" = @project")
        + (range.Action is null ? "" : range.IsExactAction ? " AND \"Action\" = @action" : " AND substr(\"Action\", 1, length(@action)) = @action");
}
