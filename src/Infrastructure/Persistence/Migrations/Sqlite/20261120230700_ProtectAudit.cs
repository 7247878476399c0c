using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ReleaseDashboard.Infrastructure.Persistence.Sqlite;

namespace ReleaseDashboard.Infrastructure.Persistence.Migrations.Sqlite;

/// <summary>The database itself refuses to change or remove audit entries and decisions.</summary>
[DbContext(typeof(SqliteLedgerContext))]
[Migration("20261120230700_ProtectAudit")]
public sealed class ProtectAudit : Migration
{
    private static readonly string[] Tables = ["audit", "decisions"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            foreach (var verb in new[] { "UPDATE", "DELETE" })
            {
                migrationBuilder.Sql($"""
                    CREATE TRIGGER {table}_no_{verb.ToLowerInvariant()} BEFORE {verb} ON {table}
                    BEGIN SELECT RAISE(ABORT, '{table} entries are never changed or removed'); END;
                    """);
            }
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.Sql($"DROP TRIGGER {table}_no_update;");
            migrationBuilder.Sql($"DROP TRIGGER {table}_no_delete;");
        }
    }
}
