using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using ReleaseDashboard.Infrastructure.Persistence.Postgres;
using ReleaseDashboard.Infrastructure.Persistence.Sqlite;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>Opens contexts of the chosen database, from a pool.</summary>
public sealed class LedgerContextFactory
{
    private readonly Func<LedgerContext> open;

    public LedgerContextFactory(DatabaseOptions options)
    {
        IsSqlite = options.IsSqlite;
        open = IsSqlite ? Sqlite(options.SqliteFile) : Postgres(options.Postgres!);
    }

    public bool IsSqlite { get; }

    public LedgerContext Open() => open();

    // Thread safety checks are off below: a context never leaves the method that opened it, or its writer's turn.
    private static Func<LedgerContext> Sqlite(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // A statement waits this long, in seconds, for another process that holds the write lock.
        var connection = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 60, ForeignKeys = true }.ToString();
        var builder = new DbContextOptionsBuilder<SqliteLedgerContext>();
        builder.UseSqlite(connection).EnableThreadSafetyChecks(false);
        var factory = new PooledDbContextFactory<SqliteLedgerContext>(builder.Options);
        return factory.CreateDbContext;
    }

    private static Func<LedgerContext> Postgres(string connection)
    {
        var builder = new DbContextOptionsBuilder<PostgresLedgerContext>();
        builder.UseNpgsql(connection).EnableThreadSafetyChecks(false);
        var factory = new PooledDbContextFactory<PostgresLedgerContext>(builder.Options);
        return factory.CreateDbContext;
    }
}
