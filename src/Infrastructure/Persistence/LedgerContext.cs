using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Persistence;

/// <summary>The database. Two subclasses exist only because each database has its own set of migrations.</summary>
public abstract class LedgerContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<ProjectRecord> Projects => Set<ProjectRecord>();
    public DbSet<SecretRecord> Secrets => Set<SecretRecord>();
    public DbSet<ReleaseRecord> Releases => Set<ReleaseRecord>();
    public DbSet<ReleaseSnapshotRecord> ReleaseSnapshots => Set<ReleaseSnapshotRecord>();
    public DbSet<StepRecord> Steps => Set<StepRecord>();
    public DbSet<AttemptRecord> Attempts => Set<AttemptRecord>();
    public DbSet<LogChunkRecord> LogChunks => Set<LogChunkRecord>();
    public DbSet<TickRecord> Ticks => Set<TickRecord>();
    public DbSet<DecisionRecord> Decisions => Set<DecisionRecord>();
    public DbSet<CommentRecord> Comments => Set<CommentRecord>();
    public DbSet<AuditRecord> Audit => Set<AuditRecord>();
    public DbSet<AuditHeadRecord> AuditHead => Set<AuditHeadRecord>();
    public DbSet<UserRecord> Users => Set<UserRecord>();
    public DbSet<ApiTokenRecord> ApiTokens => Set<ApiTokenRecord>();
    public DbSet<WorkerRecord> Workers => Set<WorkerRecord>();
    public DbSet<DraftRecord> Drafts => Set<DraftRecord>();
    public DbSet<GroupRecord> Groups => Set<GroupRecord>();
    public DbSet<GroupMemberRecord> GroupMembers => Set<GroupMemberRecord>();
    public DbSet<ProjectRoleRecord> ProjectRoles => Set<ProjectRoleRecord>();
    public DbSet<SessionRecord> Sessions => Set<SessionRecord>();
    public DbSet<ApprovalRequestRecord> ApprovalRequests => Set<ApprovalRequestRecord>();
    public DbSet<FreezeRecord> Freezes => Set<FreezeRecord>();
    public DbSet<FreezeOverrideRecord> FreezeOverrides => Set<FreezeOverrideRecord>();
    public DbSet<AuditCheckpointRecord> AuditCheckpoints => Set<AuditCheckpointRecord>();
    public DbSet<AuditTileRecord> AuditTiles => Set<AuditTileRecord>();
    public DbSet<AuditSpanRecord> AuditSpans => Set<AuditSpanRecord>();
    public DbSet<ReleaseFactsRecord> ReleaseFacts => Set<ReleaseFactsRecord>();
    public DbSet<ReleaseCommitRecord> ReleaseCommits => Set<ReleaseCommitRecord>();
    public DbSet<ReleaseNotesRecord> ReleaseNotes => Set<ReleaseNotesRecord>();
    public DbSet<NotificationRecord> Notifications => Set<NotificationRecord>();
    public DbSet<ChannelRecord> Channels => Set<ChannelRecord>();
    public DbSet<EmailConfirmationRecord> EmailConfirmations => Set<EmailConfirmationRecord>();
    public DbSet<DeliveryRecord> Deliveries => Set<DeliveryRecord>();
    public DbSet<WebhookReceiptRecord> WebhookReceipts => Set<WebhookReceiptRecord>();
    public DbSet<NoticeCursorRecord> NoticeCursor => Set<NoticeCursorRecord>();
    public DbSet<FollowRecord> Follows => Set<FollowRecord>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => LedgerModel.Configure(modelBuilder);
}
