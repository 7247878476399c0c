using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Bench;

/// <summary>Measures the same on an empty ledger on SQLite and on one on PostgreSQL.</summary>
internal static class BothDatabases
{
    /// <param name="measure">Gets the database's name and the ledger with its schema.</param>
    public static async Task<IReadOnlyList<Row>> RunAsync(Func<string, LedgerStore, Task<IReadOnlyList<Row>>> measure)
    {
        var folder = Directory.CreateTempSubdirectory("bench-pages-");
        try
        {
            var rows = new List<Row>();
            rows.AddRange(await OneAsync("SQLite", new DatabaseOptions { SqliteFile = Path.Combine(folder.FullName, "ledger.db") }, measure));
            var server = await PostgresServer.SharedAsync();
            await using (var database = await server.CreateDatabaseAsync(CancellationToken.None))
                rows.AddRange(await OneAsync("PostgreSQL", new DatabaseOptions { SqliteFile = "", Postgres = database.ConnectionString }, measure));
            return rows;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Row>> OneAsync(string name, DatabaseOptions options, Func<string, LedgerStore, Task<IReadOnlyList<Row>>> measure)
    {
        using var ledger = new LedgerStore(new LedgerContextFactory(options), new ChangeFeed(), TimeProvider.System);
        await ledger.MigrateAsync(CancellationToken.None);
        return await measure(name, ledger);
    }
}
