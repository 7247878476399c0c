using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>Tables, keys and indexes, the same on both databases.</summary>
internal static class LedgerModel
{
    public static void Configure(ModelBuilder model)
    {
        Projects(model);
        Releases(model);
        Attempts(model);
        People(model);
        Audit(model);
    }

    private static void Projects(ModelBuilder model)
    {
        model.Entity<ProjectRecord>(table =>
        {
            table.ToTable("projects");
            table.HasIndex(project => project.Name).IsUnique();
            table.Property(project => project.Settings).IsJson();
        });
        model.Entity<SecretRecord>(table =>
        {
            table.ToTable("secrets");
            table.HasKey(secret => new { secret.ProjectId, secret.Name });
        });
        model.Entity<DraftRecord>(table =>
        {
            table.ToTable("drafts");
            table.HasIndex(draft => new { draft.Owner, draft.SavedAt });
        });
    }

    private static void Releases(ModelBuilder model)
    {
        model.Entity<ReleaseRecord>(table =>
        {
            table.ToTable("releases");
            table.HasOne(release => release.Project).WithMany().HasForeignKey(release => release.ProjectId).OnDelete(DeleteBehavior.Restrict);
            table.Property(release => release.Status).HasConversion<string>().HasMaxLength(32);
            table.HasIndex(release => release.ActiveKey).IsUnique();
            table.HasIndex(release => new { release.ProjectId, release.StartedAt });
            table.HasIndex(release => new { release.Status, release.StartedAt });
            table.HasIndex(release => release.StartedAt);
        });
        model.Entity<ReleaseSnapshotRecord>(table =>
        {
            table.ToTable("release_snapshots");
            table.HasKey(snapshot => snapshot.ReleaseId);
            table.HasOne<ReleaseRecord>().WithOne().HasForeignKey<ReleaseSnapshotRecord>(snapshot => snapshot.ReleaseId).OnDelete(DeleteBehavior.Restrict);
            table.Property(snapshot => snapshot.Settings).IsJson();
        });
        model.Entity<StepRecord>(table =>
        {
            table.ToTable("steps");
            table.HasOne(step => step.Release).WithMany(release => release.Steps).HasForeignKey(step => step.ReleaseId).OnDelete(DeleteBehavior.Restrict);
            table.HasIndex(step => new { step.ReleaseId, step.Key }).IsUnique();
            table.HasIndex(step => new { step.Status, step.WakeAt });
            table.Property(step => step.Status).HasConversion<string>().HasMaxLength(32);
            table.Property(step => step.Corrections).IsJson();
            table.Property(step => step.Evidence).IsJson();
            table.Property(step => step.Error).IsJson();
        });
    }

    private static void Attempts(ModelBuilder model)
    {
        model.Entity<AttemptRecord>(table =>
        {
            table.ToTable("attempts");
            table.HasOne<StepRecord>().WithMany().HasForeignKey(attempt => attempt.StepId).OnDelete(DeleteBehavior.Restrict);
            // A second worker with the same fence cannot exist: the row itself refuses it.
            table.HasIndex(attempt => new { attempt.StepId, attempt.Fence }).IsUnique();
            table.HasIndex(attempt => attempt.ReleaseId);
            table.Property(attempt => attempt.Outcome).HasConversion<string>().HasMaxLength(32);
            table.Property(attempt => attempt.Error).IsJson();
            table.Property(attempt => attempt.Evidence).IsJson();
        });
        model.Entity<LogChunkRecord>(table =>
        {
            table.ToTable("log_chunks");
            table.HasKey(chunk => new { chunk.AttemptId, chunk.FirstLine });
        });
        model.Entity<TickRecord>(table =>
        {
            table.ToTable("ticks");
            table.HasKey(tick => new { tick.StepId, tick.ItemId });
        });
        model.Entity<DecisionRecord>(table =>
        {
            table.ToTable("decisions");
            table.HasIndex(decision => decision.StepId);
            table.Property(decision => decision.Verdict).HasConversion<string>().HasMaxLength(16);
        });
        model.Entity<CommentRecord>(table =>
        {
            table.ToTable("comments");
            table.HasIndex(comment => comment.ReleaseId);
        });
        model.Entity<WorkerRecord>(table =>
        {
            table.ToTable("workers");
            table.HasKey(worker => worker.Name);
            table.Property(worker => worker.Labels).IsJson();
        });
    }

    private static void People(ModelBuilder model)
    {
        model.Entity<UserRecord>(table =>
        {
            table.ToTable("users");
            table.HasIndex(user => user.NormalizedName).IsUnique();
            table.HasIndex(user => user.GitHubId).IsUnique();
            table.Property(user => user.Roles).HasConversion<int>();
        });
        model.Entity<ApiTokenRecord>(table =>
        {
            table.ToTable("api_tokens");
            table.HasIndex(token => token.Hash).IsUnique();
            table.Property(token => token.Roles).HasConversion<int>();
        });
    }

    private static void Audit(ModelBuilder model)
    {
        model.Entity<AuditRecord>(table =>
        {
            table.ToTable("audit");
            table.HasKey(entry => entry.Sequence);
            table.Property(entry => entry.Sequence).ValueGeneratedNever();
            table.HasIndex(entry => new { entry.ReleaseId, entry.Sequence });
            table.HasIndex(entry => new { entry.ProjectId, entry.Sequence });
            table.HasIndex(entry => new { entry.ActorName, entry.Sequence });
            table.HasIndex(entry => new { entry.Action, entry.Sequence });
        });
        model.Entity<AuditHeadRecord>(table =>
        {
            table.ToTable("audit_head");
            table.Property(head => head.Id).ValueGeneratedNever();
            table.HasData(new AuditHeadRecord { Id = 1, Sequence = 0, Hash = Core.Audit.AuditEntry.Genesis });
        });
    }
}
