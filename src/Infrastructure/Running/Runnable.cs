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
    /// <summary>The steps that can run now, and when to look again by itself if none of them changes that.</summary>
    public static (List<string> Keys, DateTimeOffset? Next) Among(IReadOnlyList<RunnableStep> steps, Playbook playbook, DateTimeOffset now)
    {
        var statuses = steps.ToDictionary(step => step.Key, step => step.Status);
        return (
            [.. steps.Where(step => IsRunnable(playbook, step, statuses, now)).Select(step => step.Key)],
            steps.Where(step => !StepTransitions.IsSettled(step.Status)).Min(step => step.WakeAt));
    }

    public static bool IsRunnable(Playbook playbook, RunnableStep step, IReadOnlyDictionary<string, StepStatus> statuses, DateTimeOffset now) => step.Status switch
    {
        StepStatus.Pending => (step.WakeAt is null || step.WakeAt <= now)
            && NeedsAreMet(playbook, step.Key, statuses),
        // Nobody holds it: its worker died.
        StepStatus.Running => step.LeaseHolder is null,
        StepStatus.WaitingOutside or StepStatus.WaitingForPerson => step.WakeAt <= now,
        _ => false,
    };

    // A step that was left out proves nothing about those before it: whoever needs it needs what it would have waited for.
    private static bool NeedsAreMet(Playbook playbook, string key, IReadOnlyDictionary<string, StepStatus> statuses) =>
        playbook.FindStep(key)!.Needs.All(need => StepTransitions.Satisfies(statuses[need])
            && (statuses[need] != StepStatus.Skipped || NeedsAreMet(playbook, need, statuses)));
}
