using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Freezes;

/// <summary>Ends a freeze before its end, or calls off one that has not begun. What waited goes on at once.</summary>
public sealed class LiftFreeze(LedgerStore ledger)
{
    public Task<ActionResult> RunAsync(Actor actor, Guid freezeId, string? reason, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                if (actor.OnlyProject is null && actor.ProjectRoles.Count == 0 && !actor.May(Permission.Freeze))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, "Whoever could make a freeze can lift it."));
                if (await write.Db.Freezes.FirstOrDefaultAsync(record => record.Id == freezeId, write.CancellationToken) is not { } freeze)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such freeze."));
                if (!(freeze.ProjectId is { } id ? actor.May(Permission.Freeze, id) : actor.May(Permission.FreezeAll)))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, $"{actor.Name} cannot lift this freeze: whoever could make it can."));
                if (FreezeQueries.Of(freeze).IsOver(write.Now))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, freeze.LiftedBy is { } by ? $"{by} has lifted it already." : "It is over already."));
                (freeze.LiftedAt, freeze.LiftedBy) = (write.Now, actor.Name);
                write.Audit(actor, "freeze.lift", freeze.ProjectId, null, freeze.Id.ToString("D"), new { freeze.Reason, freeze.From, freeze.Until }, new { Reason = reason });
                await FreezeWakes.TellAsync(write, freeze.ProjectId);
                return ActionResult.Done;
            },
            cancellationToken);
}
