using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ReleaseDashboard.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class HistoryIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AbortReason",
                table: "release_facts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ApprovedBy",
                table: "release_facts",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<int>(
                name: "Facet",
                table: "release_facts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "PlaybookName",
                table: "release_facts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "StartedBy",
                table: "release_facts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "VersionFirst",
                table: "release_facts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "VersionSecond",
                table: "release_facts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_PlaybookName_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "PlaybookName", "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_ProjectId_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "ProjectId", "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_ProjectId_PlaybookName_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "ProjectId", "PlaybookName", "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_ProjectId_StartedBy_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "ProjectId", "StartedBy", "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_StartedBy_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "StartedBy", "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_StartedBy_PlaybookName_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "StartedBy", "PlaybookName", "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_VersionFirst_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "VersionFirst", "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_VersionSecond_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "VersionSecond", "Facet", "FinishedAt", "ReleaseId" });

            migrationBuilder.CreateIndex(
                name: "IX_release_facts_Version_Facet_FinishedAt_ReleaseId",
                table: "release_facts",
                columns: new[] { "Version", "Facet", "FinishedAt", "ReleaseId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_release_facts_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_PlaybookName_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_ProjectId_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_ProjectId_PlaybookName_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_ProjectId_StartedBy_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_StartedBy_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_StartedBy_PlaybookName_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_VersionFirst_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_VersionSecond_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropIndex(
                name: "IX_release_facts_Version_Facet_FinishedAt_ReleaseId",
                table: "release_facts");

            migrationBuilder.DropColumn(
                name: "AbortReason",
                table: "release_facts");

            migrationBuilder.DropColumn(
                name: "ApprovedBy",
                table: "release_facts");

            migrationBuilder.DropColumn(
                name: "Facet",
                table: "release_facts");

            migrationBuilder.DropColumn(
                name: "PlaybookName",
                table: "release_facts");

            migrationBuilder.DropColumn(
                name: "StartedBy",
                table: "release_facts");

            migrationBuilder.DropColumn(
                name: "VersionFirst",
                table: "release_facts");

            migrationBuilder.DropColumn(
                name: "VersionSecond",
                table: "release_facts");
        }
    }
}
