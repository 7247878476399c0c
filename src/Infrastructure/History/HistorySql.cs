using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>
/// The query for a page of history. Every choice of filters is a union of a few ranges, each of which is one stretch of one index in the
/// order of the page: so it reads the rows it shows at any depth. The mapper cannot say this; an OR or an IN would make the database sort.
/// </summary>
internal sealed class HistorySql(bool isSqlite)
{
    // Past so many ranges, one that filters as it goes reads less: what so many names fit is never far.
    private const int MaximumRanges = 12;
    private const int AllFacets = 4;

    private readonly List<(string Name, object Value)> parameters = [];
    private readonly List<string> common = [];

    /// <summary>A place in the order of the page.</summary>
    public sealed record Place(DateTimeOffset At, Guid Id);

    /// <summary>Ids and ends in the order asked for.</summary>
    /// <param name="projectId">The only project, or null.</param>
    /// <param name="only">The projects that may be seen; null for all.</param>
    /// <param name="from">Where the page begins; null for the newest.</param>
    /// <param name="newer">Whether it goes towards newer ones.</param>
    /// <param name="below">Only ids below this one, which is in the index too; null for all.</param>
    public string Text(
        HistoryFilter filter, Guid? projectId, IReadOnlyCollection<Guid>? only, IReadOnlyList<SearchWord> words, Place? from, bool newer, int count, Guid? below = null)
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
        if (below is { } id)
            common.Add($"\"ReleaseId\" < {Add(id)}");
        common.AddRange(words.Skip(1).Select(Any));
        var starts = Starts(projectId is null ? only : null, words.Count > 0 ? words[0] : null);
        var order = newer ? "ASC" : "DESC";
        string Range(string where) => $"SELECT \"ReleaseId\", \"FinishedAt\" FROM release_facts{(where.Length > 0 ? " WHERE " : "")}{where} ORDER BY \"FinishedAt\" {order}, \"ReleaseId\" {order} LIMIT {count}";
        var facets = Facets(filter);
        // Nothing that an index begins with is asked for: PostgreSQL then reads the ends in order. SQLite is as fast with ranges that cover what they give.
        var isOne = !isSqlite && starts is [{ Values.Count: 0 }] && facets.Count == AllFacets && projectId is null && filter.Person is null && filter.Playbook is null;
        var ranges = isOne ? [$"SELECT * FROM ({Range(And([.. common, starts[0].Condition]))}) AS r"] : isSqlite ? Spelled(starts, facets, Range) : Joined(starts, facets, Range);
        // A release may fit several ways; UNION keeps one. Facets never overlap, and then nothing has to be compared.
        var union = starts.Sum(start => Math.Max(1, start.Values.Count)) > 1 ? " UNION " : " UNION ALL ";
        return new StringBuilder("SELECT \"ReleaseId\", \"FinishedAt\" FROM (").AppendJoin(union, ranges)
            .Append($") AS u ORDER BY \"FinishedAt\" {order}, \"ReleaseId\" {order} LIMIT {count}").ToString();
    }

    /// <summary>Each range by itself: SQLite plans hundreds of them in no time, and knows no lateral join.</summary>
    private IEnumerable<string> Spelled(List<Start> starts, IReadOnlyList<int> facets, Func<string, string> range) =>
        starts.SelectMany(start => start.Values.DefaultIfEmpty(), (start, value) => start.Where(value)).SelectMany(where => facets, (where, facet) =>
            $"SELECT * FROM ({range(And([.. common, where, $"\"Facet\" = {facet}"]))}) AS r");

    /// <summary>One plan for all ranges of a column: PostgreSQL takes longer to plan each of them than to read it.</summary>
    private IEnumerable<string> Joined(List<Start> starts, IReadOnlyList<int> facets, Func<string, string> range) => starts.Select(start =>
    {
        var values = start.Values.Count == 0 ? "" : $" CROSS JOIN (VALUES {string.Join(", ", start.Values.Select(value => $"({value})"))}) AS v(value)";
        return $"SELECT r.* FROM (VALUES {string.Join(", ", facets.Select(facet => $"({facet})"))}) AS f(facet){values}"
            + $" CROSS JOIN LATERAL ({range(And([.. common, start.Where("v.value"), "\"Facet\" = f.facet"]))}) AS r";
    });

    private static string And(IEnumerable<string?> conditions) => string.Join(" AND ", conditions.Where(condition => condition is not null));

    /// <summary>What ranges differ in.</summary>
    /// <param name="Column">Null for nothing.</param>
    /// <param name="Values">Names of the parameters, one a range; none when <paramref name="Condition"/> says it all.</param>
    private sealed record Start(string? Column, IReadOnlyList<string> Values, string? Condition)
    {
        public string? Where(string? value) => Values.Count == 0 ? Condition : $"\"{Column}\" = {value}";
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

    /// <summary>Runs the query of <see cref="Text"/>.</summary>
    public async Task<IReadOnlyList<Place>> ReadAsync(LedgerContext db, string text, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = text;
        Bind(command);
        var places = new List<Place>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            places.Add(new Place(isSqlite ? DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)) : reader.GetFieldValue<DateTimeOffset>(1), reader.GetGuid(0)));
        return places;
    }

    private static IReadOnlyList<int> Facets(HistoryFilter filter) =>
    [
        .. Enumerable.Range(0, AllFacets).Where(facet =>
            (filter.IsPublished is not { } published || published == ((facet & 1) != 0)) && (filter.IsRehearsal is not { } rehearsal || rehearsal == ((facet & 2) != 0))),
    ];

    private List<Start> Starts(IReadOnlyCollection<Guid>? only, SearchWord? word)
    {
        if (word is null)
            return only is null ? [new Start(null, [], null)] : [Equal("ProjectId", [.. only.Cast<object>()])];
        if (only is not null)
            common.Add(In("ProjectId", only.Cast<object>()));
        if (Math.Max(word.Projects.Count, word.People.Count) > MaximumRanges)
            return [new Start(null, [], Any(word))];
        List<Start> starts =
        [
            Equal("ProjectId", [.. word.Projects.Cast<object>()]),
            Equal("StartedBy", [.. word.People]),
            .. word.VersionColumn is { } column ? new[] { Equal(column, [word.Version]) } : [],
            Equal("ReleaseId", [.. word.Releases.Cast<object>()]),
        ];
        // What nothing stands for has no range.
        return [.. starts.Where(start => start.Values.Count > 0 || start.Condition != "1 = 0")];
    }

    private Start Equal(string column, IReadOnlyList<object> values) =>
        values.Count is 0 or > MaximumRanges ? new Start(null, [], In(column, values)) : new Start(column, [.. values.Select(Add)], null);

    private string Any(SearchWord word) => "(" + string.Join(" OR ",
    [
        .. word.Projects.Count > 0 ? new[] { In("ProjectId", word.Projects.Cast<object>()) } : [],
        .. word.People.Count > 0 ? new[] { In("StartedBy", word.People) } : [],
        .. word.VersionColumn is { } column ? new[] { $"\"{column}\" = {Add(word.Version)}" } : [],
        .. word.Releases.Count > 0 ? new[] { In("ReleaseId", word.Releases.Cast<object>()) } : [],
    ]) + ")";

    private string In(string column, IEnumerable<object> values) => values.Select(Add).ToList() is { Count: > 0 } names ? $"\"{column}\" IN ({string.Join(", ", names)})" : "1 = 0";

    private string Add(object value)
    {
        var name = $"@p{parameters.Count}";
        parameters.Add((name, value is DateTimeOffset at ? isSqlite ? at.ToUnixTimeMilliseconds() : at.ToUniversalTime() : value));
        return name;
    }
}
