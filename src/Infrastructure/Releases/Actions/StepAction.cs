using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
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

/// <summary>Runs actions of people on steps: checks, changes, audits, in one transaction. What is refused is kept in the audit trail.</summary>
public sealed class StepActionRunner(LedgerStore ledger, ReleaseSnapshots snapshots, RefusalTrail refusals)
{
    internal async Task<ActionResult> RunAsync(
        Actor actor, Permission needed, Guid releaseId, string key, Func<StepActionContext, Task<ActionResult>> act, CancellationToken cancellationToken)
    {
        var (project, subject) = ((Guid?)null, RefusedCall.UnknownRelease);
        var result = await ledger.WriteAsync(
            async write =>
            {
                if (await write.LockReleaseAsync(releaseId) is not { } release)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, "There is no such release."));
                var step = await write.Db.Steps.FirstOrDefaultAsync(record => record.ReleaseId == releaseId && record.Key == key, write.CancellationToken);
                (project, subject) = (release.ProjectId, RefusedCall.StepSubject(release.Version, step?.Key));
                if (Access.WhyNot(actor, needed, release.ProjectId, "release") is { } refused)
                    return write.Refuse(refused);
                if (ReleaseProgress.IsOver(release.Status))
                    return write.Refuse(ActionResult.Refused(Refusal.Conflict, $"Release {release.Version} is {Words.Of(release.Status)}; nothing more can be done in it."));
                var snapshot = await snapshots.OfAsync(write.Db, releaseId, write.CancellationToken);
                if (step is null || snapshot.Playbook.FindStep(key) is not { } definition)
                    return write.Refuse(ActionResult.Refused(Refusal.NotFound, $"Release {release.Version} has no step '{key}'."));
                // Trying a step again that cannot be undone publishes, as deciding about it does.
                if (definition.Permanent && needed == Permission.ActOnStep && Access.WhyNotConfirmed(actor) is { } unconfirmed)
                    return write.Refuse(unconfirmed);
                var done = await act(new StepActionContext(write, actor, release, step, definition, snapshot));
                if (!done.IsDone)
                    return write.Refuse(done);
                await write.UpdateStatusAsync(release);
                return done;
            },
            cancellationToken);
        return await refusals.NoteAsync(actor, needed == Permission.Decide ? RefusedCall.OfApproval : RefusedCall.OfStep, project, subject, result);
    }
}
