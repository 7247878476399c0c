using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>
/// Gives a release to another maintainer, who leads it from then on. Who started it stays who started it: a hand-over must
/// not turn the starter into somebody who may approve.
/// </summary>
public sealed class HandOverRelease(LedgerStore ledger, ProjectPeople people)
{
    /// <param name="to">Sign-in name of the maintainer who takes it.</param>
    [Needs(Permission.HandOver)]
    public async Task<ActionResult> RunAsync(Actor actor, Guid releaseId, string? to, string? reason, CancellationToken cancellationToken)
    {
        Guid project;
        await using (var db = ledger.Read())
        {
            project = await db.Releases.Where(release => release.Id == releaseId).Select(release => release.ProjectId).FirstOrDefaultAsync(cancellationToken);
        }
        var taker = (await people.ListAsync(project, cancellationToken)).FirstOrDefault(person => string.Equals(person.Name, to?.Trim(), StringComparison.OrdinalIgnoreCase));
        return await ledger.WriteAsync(
            async write =>
            {
                if (await write.LockReleaseAsync(releaseId) is not { } release)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such release."));
                if (Access.WhyNot(actor, Permission.HandOver, release.ProjectId, "release") is { } refused)
                    return write.Refuse(refused);
                if (string.IsNullOrWhiteSpace(reason))
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, "Say why it is handed over: the reason is kept with the release."));
                if (string.IsNullOrWhiteSpace(to))
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, "Say who takes it."));
                if (ReleaseProgress.IsOver(release.Status))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"Release {release.Version} is {Words.Of(release.Status)}; there is nothing left to lead."));
                if (taker is null || (taker.Roles & Roles.Maintainer) == 0)
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, $"{to.Trim()} is no maintainer of this project."));
                if (string.Equals(release.Owner, taker.Name, StringComparison.OrdinalIgnoreCase))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"{taker.Name} leads this release already."));
                var before = release.Owner;
                release.Owner = taker.Name;
                write.Audit(actor, "release.hand_over", release, release.Version, new { Owner = before }, new { release.Owner, Reason = reason.Trim() });
                write.Notify(new Change.Release(releaseId));
                return ActionResult.Done;
            },
            cancellationToken);
    }
}
