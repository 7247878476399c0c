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
        HistoryModel.Configure(model);
        Attempts(model);
        Approvals(model);
        People(model);
        Telling(model);
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
            table.Property(secret => secret.StepKinds).IsJson();
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
            table.HasIndex(release => new { release.ProjectId, release.Status, release.StartedAt });
            table.HasIndex(release => new { release.StartedBy, release.StartedAt });
            table.HasIndex(release => new { release.Version, release.StartedAt });
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

    // One for each choice of filters, ending in what pages are ordered by: a page at any depth reads what it shows and nothing else.
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
            table.Property(decision => decision.As).IsJson();
            table.Property(decision => decision.Verdict).HasConversion<string>().HasMaxLength(16);
        });
        model.Entity<CommentRecord>(table =>
        {
            table.ToTable("comments");
            table.HasIndex(comment => comment.ReleaseId);
            table.Property(comment => comment.Mentions).IsJson();
        });
        model.Entity<WorkerRecord>(table =>
        {
            table.ToTable("workers");
            table.HasKey(worker => worker.Name);
            table.Property(worker => worker.Labels).IsJson();
        });
    }

    private static void Approvals(ModelBuilder model)
    {
        model.Entity<ApprovalRequestRecord>(table =>
        {
            table.ToTable("approval_requests");
            table.HasIndex(request => request.StepId);
            table.HasIndex(request => new { request.ClosedAt, request.DueAt });
            table.Property(request => request.Evidence).IsJson();
            table.Property(request => request.Outcome).HasConversion<string>().HasMaxLength(16);
        });
        model.Entity<FreezeRecord>(table =>
        {
            table.ToTable("freezes");
            table.HasIndex(freeze => new { freeze.LiftedAt, freeze.Until });
        });
        model.Entity<FreezeOverrideRecord>(table =>
        {
            table.ToTable("freeze_overrides");
            table.HasKey(given => new { given.ReleaseId, given.FreezeId });
        });
    }

    private static void People(ModelBuilder model)
    {
        model.Entity<GroupRecord>(table =>
        {
            table.ToTable("groups");
            table.HasIndex(group => group.NormalizedName).IsUnique();
        });
        model.Entity<GroupMemberRecord>(table =>
        {
            table.ToTable("group_members");
            table.HasKey(member => new { member.GroupId, member.UserId });
            table.HasIndex(member => member.UserId);
            table.HasOne<GroupRecord>().WithMany().HasForeignKey(member => member.GroupId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ProjectRoleRecord>(table =>
        {
            table.ToTable("project_roles");
            table.HasKey(role => new { role.ProjectId, role.SubjectId });
            table.HasIndex(role => role.SubjectId);
            table.Property(role => role.Roles).HasConversion<int>();
        });
        model.Entity<SessionRecord>(table =>
        {
            table.ToTable("sessions");
            table.HasIndex(session => new { session.UserId, session.CreatedAt });
        });
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
            table.HasIndex(token => token.UserId);
            table.Property(token => token.Roles).HasConversion<int>();
            table.Property(token => token.Scopes).IsJson();
        });
    }

    private static void Telling(ModelBuilder model)
    {
        model.Entity<NotificationRecord>(table =>
        {
            table.ToTable("notifications");
            table.HasIndex(notification => new { notification.UserId, notification.CreatedAt });
            table.HasIndex(notification => new { notification.UserId, notification.ReadAt });
        });
        model.Entity<ChannelRecord>(table =>
        {
            table.ToTable("channels");
            table.HasIndex(channel => channel.UserId);
            table.HasIndex(channel => channel.ProjectId);
            table.Property(channel => channel.Kind).HasConversion<string>().HasMaxLength(16);
            table.Property(channel => channel.Events).IsJson();
        });
        model.Entity<EmailConfirmationRecord>(table =>
        {
            table.ToTable("email_confirmations");
            table.HasIndex(confirmation => confirmation.ChannelId);
            table.HasIndex(confirmation => confirmation.AskedAt);
        });
        model.Entity<DeliveryRecord>(table =>
        {
            table.ToTable("deliveries");
            table.HasIndex(delivery => delivery.DueAt);
            table.HasIndex(delivery => new { delivery.ChannelId, delivery.CreatedAt });
        });
        model.Entity<WebhookReceiptRecord>(table =>
        {
            table.ToTable("webhook_receipts");
            table.HasIndex(receipt => receipt.At);
        });
        model.Entity<NoticeCursorRecord>(table =>
        {
            // Its one row comes from the migration: it begins at the end of the trail, so that nobody is told of old things.
            table.ToTable("notice_cursor");
            table.Property(cursor => cursor.Id).ValueGeneratedNever();
        });
        model.Entity<FollowRecord>(table =>
        {
            table.ToTable("follows");
            table.HasKey(follow => new { follow.UserId, follow.ProjectId });
            table.HasIndex(follow => follow.ProjectId);
        });
    }

    private static void Audit(ModelBuilder model)
    {
        model.Entity<AuditCheckpointRecord>(table =>
        {
            table.ToTable("audit_checkpoints");
            table.HasKey(checkpoint => checkpoint.Size);
            table.Property(checkpoint => checkpoint.Size).ValueGeneratedNever();
        });
        model.Entity<AuditTileRecord>(table =>
        {
            table.ToTable("audit_tiles");
            table.HasKey(tile => new { tile.Level, tile.Index });
        });
        model.Entity<AuditRecord>(table =>
        {
            table.ToTable("audit");
            table.HasKey(entry => entry.Sequence);
            table.Property(entry => entry.Sequence).ValueGeneratedNever();
            // Each list of Audit/Listing/AuditSeek reads the beginning of one of these, at any depth and with any filters.
            table.HasIndex(entry => new { entry.ReleaseId, entry.Sequence });
            table.HasIndex(entry => new { entry.Action, entry.Sequence });
            table.HasIndex(entry => new { entry.ActorName, entry.Action, entry.Sequence });
            table.HasIndex(entry => new { entry.ProjectId, entry.Action, entry.Sequence });
            table.HasIndex(entry => new { entry.ProjectId, entry.ActorName, entry.Action, entry.Sequence });
        });
        model.Entity<AuditSpanRecord>(table =>
        {
            table.ToTable("audit_spans");
            table.HasKey(span => span.Index);
            table.Property(span => span.Index).ValueGeneratedNever();
        });
        model.Entity<AuditHeadRecord>(table =>
        {
            table.ToTable("audit_head");
            table.Property(head => head.Id).ValueGeneratedNever();
            table.HasData(new AuditHeadRecord { Id = 1, Sequence = 0, Hash = Core.Audit.AuditEntry.Genesis });
        });
    }
}
