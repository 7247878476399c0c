using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ReleaseDashboard.Infrastructure.Persistence.Postgres;
using ReleaseDashboard.Infrastructure.Persistence.Sqlite;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>
/// Whether the database has the newest migration. Asked at every start, and so without the mapper: building its model
/// would take longer than everything else that the first page waits for.
/// </summary>
internal static class LedgerSchema
{
    public static async Task<bool> IsCurrentAsync(LedgerContextFactory contexts, CancellationToken cancellationToken)
    {
        await using var connection = contexts.Connect();
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """SELECT COUNT(*) FROM "__EFMigrationsHistory" WHERE "MigrationId" = @newest""";
            var newest = command.CreateParameter();
            (newest.ParameterName, newest.Value) = ("@newest", Newest(contexts.IsSqlite));
            command.Parameters.Add(newest);
            return await command.ExecuteScalarAsync(cancellationToken) is > 0L;
        }
        catch (DbException)
        {
            // No database or no such table: migrating creates it, or says why it cannot.
            return false;
        }
    }

    private static string Newest(bool sqlite)
    {
        var context = sqlite ? typeof(SqliteLedgerContext) : typeof(PostgresLedgerContext);
        return typeof(LedgerSchema).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Migration)) && type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context)
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id)
            .Max(StringComparer.Ordinal)!;
    }
}
