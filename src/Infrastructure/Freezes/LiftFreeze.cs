using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Freezes;

/// <summary>
/// Ends a freeze before its end, or calls off one that has not begun, with a reason. What waited goes on at once, so it
/// takes as much as letting a release pass: what an administrator froze, only an administrator lifts.
/// </summary>
public sealed class LiftFreeze(LedgerStore ledger)
{
    private const int MaximumReason = 1_000;

    [Needs(Permission.Freeze)]
    public Task<ActionResult> RunAsync(Actor actor, Guid freezeId, string? reason, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                // Who could lift none is not told which freezes there are.
                if (!actor.MaySomewhere(Permission.Freeze) && Access.WhyNot(actor, Permission.Freeze) is { } never)
                    return write.Refuse(never);
                if (await write.Db.Freezes.FirstOrDefaultAsync(record => record.Id == freezeId, write.CancellationToken) is not { } freeze)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such freeze."));
                if (Access.WhyNot(actor, freeze.ProjectId is null ? Permission.FreezeAll : Permission.Freeze, freeze.ProjectId, "freeze") is { } refused)
                    return write.Refuse(refused);
                if (freeze.ProjectId is { } project && actor.Kind != "system" && (actor.RolesIn(project) & Roles.Administrator) == 0
                    && await FreezeMaker.IsAdministratorAsync(write.Db, freeze, write.CancellationToken))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, $"{freeze.CreatedBy}, an administrator, made this freeze: only an administrator can lift it."));
                if (FreezeQueries.Of(freeze).IsOver(write.Now))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, freeze.LiftedBy is { } by ? $"{by} has lifted it already." : "It is over already."));
                if (reason?.Trim() is not { Length: > 0 and <= MaximumReason } why)
                    return write.Refuse(ActionResult.Refused(Refusal.Invalid, "Say why it is lifted: the reason is kept with the freeze."));
                (freeze.LiftedAt, freeze.LiftedBy) = (write.Now, actor.Name);
                write.Audit(actor, "freeze.lift", freeze.ProjectId, null, freeze.Id.ToString("D"), new { freeze.Reason, freeze.From, freeze.Until }, new { Reason = why });
                await FreezeWakes.TellAsync(write, freeze.ProjectId);
                return ActionResult.Done;
            },
            cancellationToken);
}
