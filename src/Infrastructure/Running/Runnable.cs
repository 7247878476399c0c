using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>The few columns that decide whether a step can run.</summary>
internal sealed record RunnableStep(string Key, StepStatus Status, string? LeaseHolder, DateTimeOffset? WakeAt)
{
    public static RunnableStep Of(StepRecord step) => new(step.Key, step.Status, step.LeaseHolder, step.WakeAt);
}

/// <summary>Which steps a worker may take now.</summary>
internal static class Runnable
{
    public static bool IsRunnable(Playbook playbook, RunnableStep step, IReadOnlyDictionary<string, StepStatus> statuses, DateTimeOffset now) => step.Status switch
    {
        StepStatus.Pending => (step.WakeAt is null || step.WakeAt <= now)
            && playbook.FindStep(step.Key)!.Needs.All(need => StepTransitions.Satisfies(statuses[need])),
        // Nobody holds it: its worker died.
        StepStatus.Running => step.LeaseHolder is null,
        StepStatus.WaitingOutside or StepStatus.WaitingForPerson => step.WakeAt <= now,
        _ => false,
    };
}
