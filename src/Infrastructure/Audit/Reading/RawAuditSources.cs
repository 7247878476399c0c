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

    public static IRawAuditSource Open(LedgerStore ledger)
    {
        var connection = ledger.Connect();
        switch (connection)
        {
            case SqliteConnection sqlite:
                using (sqlite)
                    return new SqliteAuditSource(sqlite.DataSource);
            case NpgsqlConnection postgres:
                postgres.Open();
                return new PostgresAuditSource(postgres);
            default:
                throw new InvalidOperationException($"{connection.GetType().Name} is no database of the ledger.");
        }
    }
}
