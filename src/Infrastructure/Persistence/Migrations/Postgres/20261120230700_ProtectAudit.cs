using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ReleaseDashboard.Infrastructure.Persistence.Postgres;

namespace ReleaseDashboard.Infrastructure.Persistence.Migrations.Postgres;

/// <summary>The database itself refuses to change or remove audit entries and decisions.</summary>
[DbContext(typeof(PostgresLedgerContext))]
[Migration("20261120230700_ProtectAudit")]
public sealed class ProtectAudit : Migration
{
    private static readonly string[] Tables = ["audit", "decisions"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("""
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '% entries are never changed or removed', TG_TABLE_NAME; END $$;
            """);
        foreach (var table in Tables)
            migrationBuilder.Sql($"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
            migrationBuilder.Sql($"DROP TRIGGER {table}_no_change ON {table};");
        migrationBuilder.Sql("DROP FUNCTION refuse_change();");
    }
}
