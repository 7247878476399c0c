using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>Ends a release before its end, with a reason. What runs is stopped; what is outside already stays and is listed.</summary>
public sealed class AbortRelease(LedgerStore ledger)
{
    [Needs(Permission.AbortRelease)]
    public Task<ActionResult> RunAsync(Actor actor, Guid releaseId, string? reason, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (await write.LockReleaseAsync(releaseId) is not { } release)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such release."));
                if (Access.WhyNot(actor, Permission.AbortRelease, release.ProjectId, "release") is { } refused)
                    return write.Refuse(refused);
                if (string.IsNullOrWhiteSpace(reason))
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, "Say why the release is aborted: the reason is kept with it."));
                if (ReleaseProgress.IsOver(release.Status))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"Release {release.Version} is {Words.Of(release.Status)} already."));
                var before = release.Status;
                release.AbortReason = reason.Trim();
                foreach (var step in await write.Db.Steps.Where(step => step.ReleaseId == releaseId).ToListAsync(write.CancellationToken))
                {
                    if (StepTransitions.IsSettled(step.Status))
                        continue;
                    step.Status = StepTransitions.Next(step.Status, StepEvent.Cancel);
                    step.LeaseHolder = null;
                    step.Fence++;
                    step.WakeAt = null;
                    step.FinishedAt = write.Now;
                }
                await ApprovalRequests.WithdrawAllAsync(write, releaseId);
                write.Audit(actor, "release.cancel", release, release.Version, new { Status = before.ToString() }, new { Reason = release.AbortReason });
                await write.UpdateStatusAsync(release);
                return ActionResult.Done;
            },
            cancellationToken);
}
