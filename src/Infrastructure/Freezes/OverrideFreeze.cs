using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Freezes;

/// <summary>Lets one release publish in spite of the freezes that are in force now, with a reason that stays with it. A later freeze stops it again.</summary>
public sealed class OverrideFreeze(LedgerStore ledger)
{
    public Task<ActionResult> RunAsync(Actor actor, Guid releaseId, string? reason, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (actor.OnlyProject is null && actor.ProjectRoles.Count == 0 && !actor.May(Permission.OverrideFreeze))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, "Only administrators can let a release pass a freeze."));
                if (await write.LockReleaseAsync(releaseId) is not { } release)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such release."));
                if (!actor.May(Permission.OverrideFreeze, release.ProjectId))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, "Only administrators can let a release pass a freeze."));
                if (string.IsNullOrWhiteSpace(reason))
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, "Say why this release may publish now: the reason is kept with it."));
                if (ReleaseProgress.IsOver(release.Status))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"Release {release.Version} is {Words.Of(release.Status)}."));
                var stopping = (await FreezeQueries.OfReleaseAsync(write.Db, release.ProjectId, releaseId, write.Now, write.CancellationToken)).Where(freeze => freeze.Stops).ToList();
                if (stopping.Count == 0)
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, "No freeze stops this release now."));
                foreach (var freeze in stopping)
                {
                    write.Db.FreezeOverrides.Add(new FreezeOverrideRecord { FreezeId = freeze.Freeze.Id, ReleaseId = releaseId, By = actor.Name, At = write.Now, Reason = reason.Trim() });
                    write.Audit(actor, "freeze.override", release, freeze.Freeze.Id.ToString("D"), new { freeze.Freeze.Reason, freeze.Freeze.From, freeze.Freeze.Until }, new { Reason = reason.Trim() });
                }
                await WaitingSteps.LookAgainAsync(write, releaseId);
                return ActionResult.Done;
            },
            cancellationToken);
}
