using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReleaseDashboard.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Telling : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "follows",
                columns: table => new
                {
                    UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProjectId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_follows", x => new { x.UserId, x.ProjectId });
                });

            migrationBuilder.CreateTable(
                name: "notice_cursor",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_cursor", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_follows_ProjectId",
                table: "follows",
                column: "ProjectId");

            // From here on people are told; of what happened before, nobody is.
            migrationBuilder.Sql("INSERT INTO notice_cursor (\"Id\", \"Sequence\") SELECT 1, \"Sequence\" FROM audit_head");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "follows");

            migrationBuilder.DropTable(
                name: "notice_cursor");
        }
    }
}
