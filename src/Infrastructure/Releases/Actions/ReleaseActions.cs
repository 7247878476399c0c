using ReleaseDashboard.Infrastructure.Freezes;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>All that a person can do with a release under way, together: what the page and the API hand around.</summary>
public sealed record ReleaseActions(
    RetryStep Retry,
    SkipStep Skip,
    MarkStepDone MarkDone,
    TickItem Tick,
    DecideApproval Decide,
    CommentOnStep Comment,
    AbortRelease Abort,
    HandOverRelease HandOver,
    OverrideFreeze OverrideFreeze);
