namespace ReleaseDashboard.Core.Releases;

/// <summary>Derives the status of a release from those of its steps.</summary>
public static class ReleaseProgress
{
    /// <param name="steps">Every step's status, in any order.</param>
    /// <param name="aborted">Whether a person has aborted the release.</param>
    public static ReleaseStatus Derive(IEnumerable<StepStatus> steps, bool aborted)
    {
        if (aborted)
            return ReleaseStatus.Aborted;

        var (failed, person, running, outside, pending) = (false, false, false, false, false);
        foreach (var status in steps)
        {
            failed |= status is StepStatus.Failed or StepStatus.NeedsReconciliation;
            person |= status == StepStatus.WaitingForPerson;
            running |= status == StepStatus.Running;
            outside |= status == StepStatus.WaitingOutside;
            pending |= status == StepStatus.Pending;
        }

        // What needs a decision is said first, even while other steps still run.
        if (failed)
            return ReleaseStatus.Failed;
        if (person)
            return ReleaseStatus.NeedsPerson;
        if (running)
            return ReleaseStatus.Running;
        if (outside)
            return ReleaseStatus.WaitingOutside;
        return pending ? ReleaseStatus.Running : ReleaseStatus.Published;
    }

    /// <summary>Nothing runs any more and nothing will.</summary>
    public static bool IsOver(ReleaseStatus status) => status is ReleaseStatus.Published or ReleaseStatus.Aborted;
}
