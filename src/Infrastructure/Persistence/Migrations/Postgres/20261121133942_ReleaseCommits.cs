using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReleaseDashboard.Infrastructure.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ReleaseCommits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "release_commits",
                columns: table => new
                {
                    Commit = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    ReleaseId = table.Column<Guid>(type: "uuid", nullable: false),
                    ProjectId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_release_commits", x => new { x.Commit, x.ReleaseId });
                    table.ForeignKey(
                        name: "FK_release_commits_releases_ReleaseId",
                        column: x => x.ReleaseId,
                        principalTable: "releases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_LeadMilliseconds",
                table: "release_facts",
                column: "LeadMilliseconds");

            migrationBuilder.CreateIndex(
                name: "IX_release_commits_ReleaseId",
                table: "release_commits",
                column: "ReleaseId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "release_commits");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_LeadMilliseconds",
                table: "release_facts");
        }
    }
}
