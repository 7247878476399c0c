using System.Data.Common;

namespace ReleaseDashboard.Infrastructure.Audit.Listing;

/// <summary>
/// Every action that occurs, found by jumping from one to the next in the index: some forty looks instead of millions of
/// entries (neither database does this for DISTINCT by itself).
/// </summary>
internal static class AuditActions
{
    private const string Sql =
        """
        WITH RECURSIVE actions(name) AS (
            SELECT MIN("Action") FROM audit
            UNION ALL
            SELECT (SELECT MIN("Action") FROM audit WHERE "Action" > actions.name) FROM actions WHERE actions.name IS NOT NULL)
        SELECT name FROM actions WHERE name IS NOT NULL
        """;

    public static async Task<List<string>> ListAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        var found = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetString(0));
        found.Sort(StringComparer.Ordinal);
        return found;
    }
}
