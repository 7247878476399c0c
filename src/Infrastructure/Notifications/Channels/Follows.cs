using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>Which projects a person follows. No decision about anything, so the trail does not hold it.</summary>
public sealed class Follows(LedgerStore ledger)
{
    public async Task<IReadOnlyList<Guid>> ListAsync(Guid user, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Follows.Where(follow => follow.UserId == user).Select(follow => follow.ProjectId).ToListAsync(cancellationToken);
    }

    [SignedIn]
    public async Task<ActionResult> SetAsync(Actor actor, Guid user, Guid project, bool follows, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.SeeProject, project))
            return ActionResult.Refused(Refusal.NotAllowed, "Following a project needs a role in it.");
        await ledger.AppendAsync(
            async db =>
            {
                var known = await db.Follows.FindAsync([user, project], cancellationToken);
                if (follows && known is null)
                    db.Follows.Add(new FollowRecord { UserId = user, ProjectId = project });
                else if (!follows && known is not null)
                    db.Follows.Remove(known);
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        return ActionResult.Done;
    }
}
