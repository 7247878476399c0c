using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>Starts a failed step again, with corrected inputs if there are some. Safe: the step looks first.</summary>
public sealed class RetryStep(StepActionRunner actions)
{
    /// <param name="corrections">New values by input name (Fix and resume); empty for a plain retry. A list is one item a line.</param>
    [Needs(Permission.ActOnStep)]
    public Task<ActionResult> RunAsync(
        Actor actor, Guid releaseId, string key, IReadOnlyDictionary<string, string> corrections, string? comment, CancellationToken cancellationToken) =>
        actions.RunAsync(
            actor,
            Permission.ActOnStep,
            releaseId,
            key,
            context => RetryAsync(context, key, corrections, comment),
            cancellationToken);

    private static async Task<ActionResult> RetryAsync(StepActionContext context, string key, IReadOnlyDictionary<string, string> corrections, string? comment)
    {
        var unknown = corrections.Keys.Where(name => !context.Definition.Inputs.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
            return ActionResult.Refused(Refusal.Invalid, $"{context.Definition.Title} has no input '{string.Join("', '", unknown)}'.");
        var before = context.Step.Status;
        if (context.Move(StepEvent.Retry) is { } refused)
            return refused;
        // Later corrections win. A new dictionary, because a change inside the old one is not seen.
        context.Step.Corrections = corrections.Concat(context.Step.Corrections.ExceptBy(corrections.Keys, earlier => earlier.Key)).ToDictionary();
        context.Step.Reason = null;
        context.Step.WakeAt = null;
        context.Step.StartedAt = null;
        context.Write.Audit(context.Actor, corrections.Count > 0 ? "step.fix" : "step.retry", context.Release, key,
            new { Status = before.ToString() }, new { Corrections = corrections, Comment = comment });
        if (corrections.Count > 0)
            await AskedAgainAsync(context, key);
        context.Write.Wake(context.Release.Id);
        return ActionResult.Done;
    }

    // Whoever is being asked now is asked about this too. A given approval is looked at again right before the step acts.
    private static async Task AskedAgainAsync(StepActionContext context, string key)
    {
        var upstream = context.Snapshot.UpstreamOf(key);
        var approvals = context.Snapshot.Playbook.Steps.Where(step => step.Kind == StepKindDescription.Approval && upstream.Contains(step.Id)).Select(step => step.Id).ToList();
        StepStatus[] asking = [StepStatus.WaitingForPerson, StepStatus.WaitingOutside, StepStatus.Running];
        var write = context.Write;
        foreach (var step in await write.Db.Steps.Where(step => step.ReleaseId == context.Release.Id && approvals.Contains(step.Key) && asking.Contains(step.Status)).ToListAsync(write.CancellationToken))
        {
            step.Wakes++;
            step.WakeAt = write.Now;
        }
    }
}
