using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;
using ReleaseDashboard.Infrastructure.Persistence.Postgres;
using ReleaseDashboard.Infrastructure.Persistence.Sqlite;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>Opens contexts of the chosen database, from a pool.</summary>
public sealed class LedgerContextFactory
{
    private readonly Func<DbConnection> connect;
    private readonly string connection;

    // Made when first needed: the mapper's own start takes as long as the rest of the program's.
    private readonly Lazy<Func<LedgerContext>> open;

    public LedgerContextFactory(DatabaseOptions options)
    {
        IsSqlite = options.IsSqlite;
        connection = IsSqlite ? SqliteConnectionString(options.SqliteFile) : options.Postgres!;
        connect = IsSqlite ? () => new SqliteConnection(connection) : () => new NpgsqlConnection(connection);
        open = new Lazy<Func<LedgerContext>>(() => IsSqlite ? Sqlite(connection) : Postgres(connection));
    }

    public bool IsSqlite { get; }

    public LedgerContext Open() => open.Value();

    /// <summary>
    /// Opens the context of SQLite's one writer, which stays open and keeps its statements. Its owner disposes it with the
    /// connection.
    /// </summary>
    internal LedgerContext OpenSqliteWriter()
    {
        var builder = new DbContextOptionsBuilder<SqliteLedgerContext>();
        builder.UseSqlite(new PreparedConnection(connection), contextOwnsConnection: true).EnableThreadSafetyChecks(false);
        return new SqliteLedgerContext(builder.Options);
    }

    /// <summary>A connection that is not open yet, for the few questions that are asked before the mapper is there.</summary>
    public DbConnection Connect() => connect();

    private static string SqliteConnectionString(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // A statement waits this long, in seconds, for another process that holds the write lock.
        return new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 60, ForeignKeys = true }.ToString();
    }

    // Thread safety checks are off below: a context never leaves the method that opened it, or its writer's turn.
    private static Func<LedgerContext> Sqlite(string connection)
    {
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
