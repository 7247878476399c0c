using System.Data.Common;
using System.Text;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>
/// The query for a page of history. Every choice of filters is a union of a few ranges, each of which is one stretch of one index in the
/// order of the page: so it reads the rows it shows at any depth. The mapper cannot say this; an OR or an IN would make the database sort.
/// </summary>
internal sealed class HistorySql(bool isSqlite)
{
    // Past so many ranges, one that filters as it goes reads less: what so many names fit is never far.
    private const int MaximumRanges = 12;

    private readonly List<(string Name, object Value)> parameters = [];
    private readonly List<string> common = [];

    /// <summary>A place in the order of the page.</summary>
    public sealed record Place(DateTimeOffset At, Guid Id);

    /// <summary>Ids in the order asked for.</summary>
    /// <param name="projectId">The only project, or null.</param>
    /// <param name="only">The projects that may be seen; null for all.</param>
    /// <param name="from">Where the page begins; null for the newest.</param>
    /// <param name="newer">Whether it goes towards newer ones.</param>
    public string Text(
        HistoryFilter filter, Guid? projectId, IReadOnlyCollection<Guid>? only, IReadOnlyList<SearchWord> words, Place? from, bool newer, int count)
    {
        if (projectId is { } project)
            common.Add($"\"ProjectId\" = {Add(project)}");
        if (filter.Person is { } person)
            common.Add($"\"StartedBy\" = {Add(person)}");
        if (filter.Playbook is { } playbook)
            common.Add($"\"PlaybookName\" = {Add(playbook)}");
        if (filter.From is { } begin)
            common.Add($"\"FinishedAt\" >= {Add(begin)}");
        if (filter.To is { } end)
            common.Add($"\"FinishedAt\" < {Add(end)}");
        if (from is not null)
            common.Add($"(\"FinishedAt\", \"ReleaseId\") {(newer ? '>' : '<')} ({Add(from.At)}, {Add(from.Id)})");
        common.AddRange(words.Skip(1).Select(Any));
        var starts = Starts(projectId is null ? only : null, words.Count > 0 ? words[0] : null);
        var order = newer ? "ASC" : "DESC";
        var ranges = starts.SelectMany(start => Facets(filter).Select(facet => string.Join(" AND ", [.. common, .. start is null ? [] : new[] { start }, $"\"Facet\" = {facet}"])));
        var text = new StringBuilder("SELECT \"ReleaseId\" FROM (");
        // A release may fit several ways; UNION keeps one. Facets never overlap, and then nothing has to be compared.
        text.AppendJoin(starts.Count > 1 ? " UNION " : " UNION ALL ", ranges.Select(range =>
            $"SELECT * FROM (SELECT \"ReleaseId\", \"FinishedAt\" FROM release_facts WHERE {range} ORDER BY \"FinishedAt\" {order}, \"ReleaseId\" {order} LIMIT {count}) AS r"));
        return text.Append($") AS u ORDER BY \"FinishedAt\" {order}, \"ReleaseId\" {order} LIMIT {count}").ToString();
    }

    public void Bind(DbCommand command)
    {
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }

    private static IEnumerable<int> Facets(HistoryFilter filter) =>
        Enumerable.Range(0, 4).Where(facet => (filter.IsPublished is not { } published || published == ((facet & 1) != 0)) && (filter.IsRehearsal is not { } rehearsal || rehearsal == ((facet & 2) != 0)));

    /// <summary>What the ranges differ in. One null stands for a single range without more to say.</summary>
    private List<string?> Starts(IReadOnlyCollection<Guid>? only, SearchWord? word)
    {
        var projects = only is null ? new List<string?> { null } : Equal("ProjectId", [.. only.Cast<object>()]);
        if (word is null)
            return projects;
        if (only is not null)
            common.Add(In("ProjectId", only.Cast<object>()));
        return
        [
            .. Equal("ProjectId", [.. word.Projects.Cast<object>()]),
            .. Equal("StartedBy", [.. word.People]),
            .. word.VersionColumn is { } column ? new[] { $"\"{column}\" = {Add(word.Version)}" } : [],
        ];
    }

    private List<string?> Equal(string column, IReadOnlyList<object> values) =>
        values.Count > MaximumRanges ? [In(column, values)] : [.. values.Select(value => $"\"{column}\" = {Add(value)}")];

    private string Any(SearchWord word) => "(" + string.Join(" OR ",
    [
        .. word.Projects.Count > 0 ? new[] { In("ProjectId", word.Projects.Cast<object>()) } : [],
        .. word.People.Count > 0 ? new[] { In("StartedBy", word.People) } : [],
        .. word.VersionColumn is { } column ? new[] { $"\"{column}\" = {Add(word.Version)}" } : [],
    ]) + ")";

    private string In(string column, IEnumerable<object> values) => values.Select(Add).ToList() is { Count: > 0 } names ? $"\"{column}\" IN ({string.Join(", ", names)})" : "1 = 0";

    private string Add(object value)
    {
        var name = $"@p{parameters.Count}";
        parameters.Add((name, value is DateTimeOffset at ? isSqlite ? at.ToUnixTimeMilliseconds() : at.ToUniversalTime() : value));
        return name;
    }
}
