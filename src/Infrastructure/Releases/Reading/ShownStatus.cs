using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>
/// The status as people see it. While a worker looks again whether what a step waits for has come, the ledger says running
/// for a moment; shown like that, what it waits for would vanish from the page every few seconds.
/// </summary>
internal static class ShownStatus
{
    public static StepStatus Of(StepRecord step, StepEffect effect) => step is { Status: StepStatus.Running, Looks: > 0 }
        ? effect == StepEffect.Person ? StepStatus.WaitingForPerson : StepStatus.WaitingOutside
        : step.Status;

    public static ReleaseStatus Of(ReleaseStatus stored, IEnumerable<StepStatus> shown) =>
        stored == ReleaseStatus.Running ? ReleaseProgress.Derive(shown, aborted: false) : stored;
}
