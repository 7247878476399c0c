using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>What history can be filtered by. Hops from value to value along an index, so that it costs what it returns, and keeps it for a moment.</summary>
public sealed class HistoryChoices(LedgerStore ledger, TimeProvider time)
{
    private const int Maximum = 500;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly Known people = new();
    private readonly Known playbooks = new();

    /// <summary>Everybody who started a release that is over, by name.</summary>
    public Task<IReadOnlyList<string>> PeopleAsync(CancellationToken cancellationToken) => ReadAsync(people, "StartedBy", cancellationToken);

    /// <summary>Every playbook that such a release ran on, by name.</summary>
    public Task<IReadOnlyList<string>> PlaybooksAsync(CancellationToken cancellationToken) => ReadAsync(playbooks, "PlaybookName", cancellationToken);

    private async Task<IReadOnlyList<string>> ReadAsync(Known known, string column, CancellationToken cancellationToken)
    {
        if (known.Values is { } values && time.GetElapsedTime(values.Read) < Kept)
            return values.Names;
        var read = time.GetTimestamp();
        var names = new List<string>();
        await using var connection = ledger.Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            WITH RECURSIVE hop(name) AS (
              SELECT MIN("{column}") FROM release_facts
              UNION ALL SELECT (SELECT MIN("{column}") FROM release_facts WHERE "{column}" > hop.name) FROM hop WHERE hop.name IS NOT NULL)
            SELECT name FROM hop WHERE name IS NOT NULL LIMIT {Maximum}
            """;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            names.Add(reader.GetString(0));
        known.Values = new Values(read, names);
        return names;
    }

    private sealed record Values(long Read, IReadOnlyList<string> Names);

    private sealed class Known
    {
        public Values? Values { get; set; }
    }
}
