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
        var waiting = write.Db.Steps.Where(step => step.ReleaseId == releaseId && (step.Status == StepStatus.WaitingOutside || step.Status == StepStatus.WaitingForPerson));
        foreach (var step in await waiting.ToListAsync(write.CancellationToken))
        {
            step.Wakes++;
            step.WakeAt = write.Now;
        }
        write.Notify(new Change.Release(releaseId));
        write.Wake(releaseId);
    }
}
