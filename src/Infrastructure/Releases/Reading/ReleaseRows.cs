using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>The rows of one release, read together.</summary>
internal sealed record ReleaseRows(
    ReleaseRecord Release,
    IReadOnlyList<StepRecord> Steps,
    IReadOnlyDictionary<Guid, Guid> LastAttempts,
    IReadOnlyList<TickRecord> Ticks,
    IReadOnlyList<DecisionRecord> Decisions,
    IReadOnlyList<CommentRecord> Comments,
    IReadOnlyList<ApprovalRequestRecord> ApprovalRequests,
    IReadOnlyList<ReleaseFreeze> Freezes,
    IReadOnlyDictionary<string, TimeSpan> Expected);
