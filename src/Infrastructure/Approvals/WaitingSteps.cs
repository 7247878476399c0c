using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>
/// Makes what waits look again, for whoever changed something that it may wait for or that people are asked about: a
/// freeze, the notes, the members of a group.
/// </summary>
public static class WaitingSteps
{
    /// <summary>Every waiting step of the release looks again as soon as this write is committed.</summary>
    public static async Task LookAgainAsync(LedgerTransaction write, Guid releaseId)
    {
        await write.LockAsync(releaseId);
        // A step that runs may be looking at this very moment, and may have looked too early: counted, the wake-up is not lost.
        StepStatus[] concerned = [StepStatus.WaitingOutside, StepStatus.WaitingForPerson, StepStatus.Running];
        foreach (var step in await write.Db.Steps.Where(step => step.ReleaseId == releaseId && concerned.Contains(step.Status)).ToListAsync(write.CancellationToken))
        {
            step.Wakes++;
            step.WakeAt = write.Now;
        }
        write.Notify(new Change.Release(releaseId));
        write.Wake(releaseId);
    }
}
