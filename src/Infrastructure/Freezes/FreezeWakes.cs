using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Freezes;

/// <summary>Tells releases that a freeze began or ended: their pages read again, and steps that wait look again at once.</summary>
internal static class FreezeWakes
{
    /// <param name="projectId">Releases of this project; null for all that are under way.</param>
    public static async Task TellAsync(LedgerTransaction write, Guid? projectId)
    {
        var releases = await write.Db.Releases.Where(release => release.ActiveKey != null && (projectId == null || release.ProjectId == projectId))
            .OrderBy(release => release.Id).Select(release => release.Id).ToListAsync(write.CancellationToken);
        foreach (var release in releases)
            await WaitingSteps.LookAgainAsync(write, release);
        if (projectId is { } id)
            write.Notify(new Change.Project(id));
    }
}
