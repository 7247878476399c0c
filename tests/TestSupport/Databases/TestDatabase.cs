using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.TestSupport.Databases;

/// <summary>
/// A fresh database of one test, with the current schema, and a data folder beside it. Both are gone after the test.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly List<LedgerStore> stores = [];
    private readonly PostgresDatabase? postgres;

    private TestDatabase(DatabaseKind kind, DirectoryInfo folder, PostgresDatabase? postgres)
    {
        this.folder = folder;
        this.postgres = postgres;
        Kind = kind;
        Options = new DatabaseOptions { SqliteFile = Path.Combine(folder.FullName, "ledger.db"), Postgres = postgres?.ConnectionString };
        Ledger = OpenStore(Changes);
    }

    public DatabaseKind Kind { get; }

    public DatabaseOptions Options { get; }

    /// <summary>A folder of this test for whatever else the product keeps.</summary>
    public string DataFolder => folder.FullName;

    public ChangeFeed Changes { get; } = new();

    public LedgerStore Ledger { get; }

    public static async Task<TestDatabase> CreateAsync(DatabaseKind kind, CancellationToken cancellationToken = default)
    {
        var directory = Directory.CreateTempSubdirectory("rd-test-");
        if (kind == DatabaseKind.Postgres)
        {
            var server = await PostgresServer.SharedAsync();
            return new TestDatabase(kind, directory, await server.CreateDatabaseAsync(cancellationToken));
        }
        await File.WriteAllBytesAsync(Path.Combine(directory.FullName, "ledger.db"), await SqliteTemplate.BytesAsync(), cancellationToken);
        return new TestDatabase(kind, directory, null);
    }

    /// <summary>A store of its own over the same database, as another process would have it.</summary>
    public LedgerStore OpenStore(ChangeFeed changes, TimeProvider? time = null)
    {
        var store = new LedgerStore(new LedgerContextFactory(Options), changes, time ?? TimeProvider.System);
        stores.Add(store);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
            store.Dispose();
        if (postgres is not null)
            await postgres.DisposeAsync();
        else
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
