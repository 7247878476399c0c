using Microsoft.Data.Sqlite;
using Npgsql;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Reading;

internal static class RawAuditSources
{
    /// <summary>The columns, in the order in which both sources read them.</summary>
    public const string Columns =
        """
        "Sequence", "At", "ActorKind", "ActorName", "Action", "ProjectId", "ReleaseId", "Subject", "Before", "After", "PreviousHash", "Hash"
        """;

    private const int ReadBufferSize = 1024 * 1024;

    public static IRawAuditSource Open(LedgerStore ledger)
    {
        var connection = ledger.Connect();
        switch (connection)
        {
            case SqliteConnection sqlite:
                using (sqlite)
                    return new SqliteAuditSource(sqlite.DataSource);
            case NpgsqlConnection postgres:
                using (postgres)
                    return new PostgresAuditSource(Reading(postgres.ConnectionString));
            default:
                throw new InvalidOperationException($"{connection.GetType().Name} is no database of the ledger.");
        }
    }

    // Of its own and closed afterwards: with the usual 8 KiB it would ask the system a hundred times as often.
    private static NpgsqlConnection Reading(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { ReadBufferSize = ReadBufferSize, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
