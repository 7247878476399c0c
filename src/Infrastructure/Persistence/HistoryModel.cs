using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>Tables of releases that are over: what history, trends and searches read.</summary>
internal static class HistoryModel
{
    // SHA-256 repositories have longer ones.
    private const int CommitLength = 64;

    public static void Configure(ModelBuilder model)
    {
        model.Entity<ReleaseFactsRecord>(table =>
        {
            table.ToTable("release_facts");
            table.HasKey(facts => facts.ReleaseId);
            table.HasOne<ReleaseRecord>().WithOne().HasForeignKey<ReleaseFactsRecord>(facts => facts.ReleaseId).OnDelete(DeleteBehavior.Restrict);
            table.HasIndex(facts => new { facts.ProjectId, facts.FinishedAt });
            table.HasIndex(facts => facts.FinishedAt);
            table.HasIndex(facts => facts.LeadMilliseconds);
            HistoryIndexes(table);
            table.Property(facts => facts.ApprovedBy).IsJson();
            table.Property(facts => facts.Stages).IsJson();
            table.Property(facts => facts.Steps).IsJson();
        });
        model.Entity<ReleaseCommitRecord>(table =>
        {
            table.ToTable("release_commits");
            // In this order the beginning of a commit is a range of the key.
            table.HasKey(own => new { own.Commit, own.ReleaseId });
            table.HasIndex(own => own.ReleaseId);
            table.HasOne<ReleaseRecord>().WithMany().HasForeignKey(own => own.ReleaseId).OnDelete(DeleteBehavior.Restrict);
            table.Property(own => own.Commit).HasMaxLength(CommitLength);
        });
        model.Entity<ReleaseNotesRecord>(table =>
        {
            table.ToTable("release_notes");
            table.HasKey(notes => notes.ReleaseId);
            table.HasOne<ReleaseRecord>().WithOne().HasForeignKey<ReleaseNotesRecord>(notes => notes.ReleaseId).OnDelete(DeleteBehavior.Restrict);
            table.Property(notes => notes.Revision).IsConcurrencyToken();
        });
    }

    private static void HistoryIndexes(EntityTypeBuilder<ReleaseFactsRecord> table)
    {
        table.HasIndex(facts => new { facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.ProjectId, facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.StartedBy, facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.ProjectId, facts.StartedBy, facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.PlaybookName, facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.ProjectId, facts.PlaybookName, facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.StartedBy, facts.PlaybookName, facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.Version, facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.VersionFirst, facts.Facet, facts.FinishedAt, facts.ReleaseId });
        table.HasIndex(facts => new { facts.VersionSecond, facts.Facet, facts.FinishedAt, facts.ReleaseId });
    }
}
