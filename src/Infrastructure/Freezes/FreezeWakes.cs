using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Freezes;

/// <summary>Tells releases that a freeze began or ended.</summary>
internal static class FreezeWakes
{
    /// <summary>Their pages read again; steps that wait look again at once.</summary>
    /// <param name="projectId">Releases of this project; null for all that are under way.</param>
    public static async Task TellAsync(LedgerTransaction write, Guid? projectId)
    {
        var releases = await write.Db.Releases.Where(release => release.ActiveKey != null && (projectId == null || release.ProjectId == projectId))
            .Select(release => release.Id).ToListAsync(write.CancellationToken);
        foreach (var release in releases)
            await LookAgainAsync(write, release);
        if (projectId is { } id)
            write.Notify(new Change.Project(id));
    }

    /// <summary>Steps of the release that wait for something outside look again: a freeze is among what they may wait for.</summary>
    public static async Task LookAgainAsync(LedgerTransaction write, Guid releaseId)
    {
        await write.LockAsync(releaseId);
        foreach (var step in await write.Db.Steps.Where(step => step.ReleaseId == releaseId && step.Status == StepStatus.WaitingOutside).ToListAsync(write.CancellationToken))
        {
            step.Wakes++;
            step.WakeAt = write.Now;
        }
        write.Notify(new Change.Release(releaseId));
        write.Wake(releaseId);
    }
}
