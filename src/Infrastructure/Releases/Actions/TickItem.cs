using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>Ticks or unticks one item of a checklist in a person's name.</summary>
public sealed class TickItem(StepActionRunner actions)
{
    [Needs(Permission.Tick)]
    public Task<ActionResult> RunAsync(Actor actor, Guid releaseId, string key, string itemId, bool ticked, CancellationToken cancellationToken) =>
        actions.RunAsync(
            actor,
            Permission.Tick,
            releaseId,
            key,
            async context =>
            {
                if (context.Definition.Kind != StepKindDescription.Checklist || context.Definition.Items.All(item => item.Id != itemId))
                    return ActionResult.Refused(Refusal.NotFound, $"{context.Definition.Title} has no item '{itemId}'.");
                if (context.Step.Status is not (StepStatus.WaitingForPerson or StepStatus.Running))
                    return ActionResult.Refused(Refusal.Conflict, $"{context.Definition.Title} is {Words.Of(context.Step.Status)}; its items cannot be changed now.");
                var tick = await context.Write.Db.Ticks.FindAsync([context.Step.Id, itemId], context.Write.CancellationToken);
                if (ticked == tick is not null)
                    return ActionResult.Done;
                if (tick is null)
                    context.Write.Db.Ticks.Add(new TickRecord { StepId = context.Step.Id, ItemId = itemId, By = actor.Name, At = context.Write.Now });
                else
                    context.Write.Db.Ticks.Remove(tick);
                context.Write.Audit(actor, ticked ? "checklist.tick" : "checklist.untick", context.Release, $"{key}/{itemId}",
                    tick is null ? null : new { tick.By, tick.At }, ticked ? new { By = actor.Name } : null);
                context.LookNow();
                return ActionResult.Done;
            },
            cancellationToken);
}
