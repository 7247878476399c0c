using Microsoft.Data.Sqlite;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.TestSupport.Databases;

/// <summary>An empty SQLite database with the current schema, made once: running the migrations for each test is slow.</summary>
internal static class SqliteTemplate
{
    private static readonly Lazy<Task<byte[]>> Bytes = new(MakeAsync);

    public static Task<byte[]> BytesAsync() => Bytes.Value;

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("rd-template-");
        try
        {
            var file = Path.Combine(folder.FullName, "ledger.db");
            using (var store = new LedgerStore(new LedgerContextFactory(new DatabaseOptions { SqliteFile = file }), new ChangeFeed(), TimeProvider.System))
                await store.MigrateAsync(CancellationToken.None);
            // The last connection to close moves the write-ahead log into the file.
            SqliteConnection.ClearAllPools();
            File.Exists(file + "-wal").ShouldBeFalse();
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
