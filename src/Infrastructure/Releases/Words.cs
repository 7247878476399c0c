using ReleaseDashboard.Core.Releases;

namespace ReleaseDashboard.Infrastructure.Releases;

/// <summary>Statuses as people say them: the one place where stored values become words.</summary>
public static class Words
{
    public static string Of(StepStatus status) => status switch
    {
        StepStatus.Pending => "not begun",
        StepStatus.Running => "running",
        StepStatus.WaitingOutside => "waiting",
        StepStatus.WaitingForPerson => "waiting for a person",
        StepStatus.Succeeded => "done",
        StepStatus.Failed => "failed",
        StepStatus.NeedsReconciliation => "in need of reconciliation",
        StepStatus.Skipped => "left out",
        StepStatus.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    public static string Of(ReleaseStatus status) => status switch
    {
        ReleaseStatus.Running => "running",
        ReleaseStatus.WaitingOutside => "waiting",
        ReleaseStatus.NeedsPerson => "waiting for a person",
        ReleaseStatus.Failed => "stopped",
        ReleaseStatus.Published => "published",
        ReleaseStatus.Aborted => "aborted",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
