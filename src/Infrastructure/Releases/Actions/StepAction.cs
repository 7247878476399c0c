using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>What every action of a person on a step has at hand, inside its transaction.</summary>
internal sealed record StepActionContext(LedgerTransaction Write, Actor Actor, ReleaseRecord Release, StepRecord Step, StepDefinition Definition, ReleaseSnapshot Snapshot)
{
    /// <summary>Moves the step, or says why it cannot: somebody else was first, or the page was old.</summary>
    public ActionResult? Move(StepEvent @event)
    {
        if (!StepTransitions.Allows(Step.Status, @event))
            return ActionResult.Refused(Refusal.Conflict, $"{Definition.Title} is {Words.Of(Step.Status)}{By()}. Nothing was changed.");
        Step.Status = StepTransitions.Next(Step.Status, @event);
        return null;
    }

    /// <summary>Lets a worker look at the step now, also when one is looking at this very moment.</summary>
    public void LookNow()
    {
        Step.Wakes++;
        Step.WakeAt = Write.Now;
        Write.Wake(Release.Id);
    }

    private string By() => Step.SettledBy is { } who ? $", settled by {who}" : "";
}

/// <summary>Runs actions of people on steps: checks, changes, audits, in one transaction.</summary>
public sealed class StepActionRunner(LedgerStore ledger, ReleaseSnapshots snapshots)
{
    internal Task<ActionResult> RunAsync(
        Actor actor, Roles needed, Guid releaseId, string key, Func<StepActionContext, Task<ActionResult>> act, CancellationToken cancellationToken) =>
        RunAsync(actor, release => actor.Has(needed), $"This needs the role {needed.ToString().ToLowerInvariant()}", releaseId, key, act, cancellationToken);

    internal Task<ActionResult> RunAsync(
        Actor actor, Permission needed, Guid releaseId, string key, Func<StepActionContext, Task<ActionResult>> act, CancellationToken cancellationToken) =>
        RunAsync(
            actor,
            release => actor.May(needed, release.ProjectId),
            $"“{AccessTable.Of(needed).Means}” needs the role {string.Join(" or ", RoleNames.List(AccessTable.Of(needed).AnyOf))}",
            releaseId, key, act, cancellationToken);

    private Task<ActionResult> RunAsync(
        Actor actor, Func<ReleaseRecord, bool> may, string needs, Guid releaseId, string key, Func<StepActionContext, Task<ActionResult>> act, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                var found = await write.LockReleaseAsync(releaseId);
                // Whoever may not act learns nothing about which releases there are.
                if (found is null && actor.ProjectRoles.Count == 0 && !actor.Has(Roles.Maintainer | Roles.Reviewer | Roles.Administrator))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, $"{needs}, which {actor.Name} does not have."));
                if (found is not { } release)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such release."));
                if (!may(release))
                    return write.Refuse(ActionResult.Refused(Refusal.NotAllowed, $"{needs}, which {actor.Name} does not have."));
                if (ReleaseProgress.IsOver(release.Status))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"Release {release.Version} is {Words.Of(release.Status)}; nothing more can be done in it."));
                var step = await write.Db.Steps.FirstOrDefaultAsync(record => record.ReleaseId == releaseId && record.Key == key, write.CancellationToken);
                var snapshot = await snapshots.OfAsync(write.Db, releaseId, write.CancellationToken);
                if (step is null || snapshot.Playbook.FindStep(key) is not { } definition)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"Release {release.Version} has no step '{key}'."));
                var result = await act(new StepActionContext(write, actor, release, step, definition, snapshot));
                if (!result.IsDone)
                    return write.Refuse(result);
                await write.UpdateStatusAsync(release);
                return result;
            },
            cancellationToken);
}
