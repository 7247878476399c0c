using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReleaseDashboard.Infrastructure.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AuditTree : Migration
    {
        // Like the trail itself: what was signed or proved with stays as it was.
        private static readonly string[] Protected = ["audit_checkpoints", "audit_tiles", "audit_spans"];

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_audit_ActorName_Sequence",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "IX_audit_ProjectId_Sequence",
                table: "audit");

            migrationBuilder.CreateTable(
                name: "audit_spans",
                columns: table => new
                {
                    Index = table.Column<long>(type: "bigint", nullable: false),
                    Earliest = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Latest = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_spans", x => x.Index);
                });

            migrationBuilder.CreateIndex(
                name: "IX_audit_ActorName_Action_Sequence",
                table: "audit",
                columns: new[] { "ActorName", "Action", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_ProjectId_Action_Sequence",
                table: "audit",
                columns: new[] { "ProjectId", "Action", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_ProjectId_ActorName_Action_Sequence",
                table: "audit",
                columns: new[] { "ProjectId", "ActorName", "Action", "Sequence" });

            foreach (var table in Protected)
                migrationBuilder.Sql($"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in Protected)
                migrationBuilder.Sql($"DROP TRIGGER {table}_no_change ON {table};");

            migrationBuilder.DropTable(
                name: "audit_spans");

            migrationBuilder.DropIndex(
                name: "IX_audit_ActorName_Action_Sequence",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "IX_audit_ProjectId_Action_Sequence",
                table: "audit");

            migrationBuilder.DropIndex(
                name: "IX_audit_ProjectId_ActorName_Action_Sequence",
                table: "audit");

            migrationBuilder.CreateIndex(
                name: "IX_audit_ActorName_Sequence",
                table: "audit",
                columns: new[] { "ActorName", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_ProjectId_Sequence",
                table: "audit",
                columns: new[] { "ProjectId", "Sequence" });
        }
    }
}
