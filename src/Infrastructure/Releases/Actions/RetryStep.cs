using ReleaseDashboard.Core.People;
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
            context =>
            {
                var unknown = corrections.Keys.Where(name => !context.Definition.Inputs.ContainsKey(name)).ToList();
                if (unknown.Count > 0)
                    return Task.FromResult(ActionResult.Refused(Refusal.Invalid, $"{context.Definition.Title} has no input '{string.Join("', '", unknown)}'."));
                var before = context.Step.Status;
                if (context.Move(StepEvent.Retry) is { } refused)
                    return Task.FromResult(refused);
                // Later corrections win. A new dictionary, because a change inside the old one is not seen.
                context.Step.Corrections = corrections.Concat(context.Step.Corrections.ExceptBy(corrections.Keys, earlier => earlier.Key)).ToDictionary();
                context.Step.Reason = null;
                context.Step.WakeAt = null;
                context.Step.StartedAt = null;
                context.Write.Audit(actor, corrections.Count > 0 ? "step.fix" : "step.retry", context.Release, key,
                    new { Status = before.ToString() }, new { Corrections = corrections, Comment = comment });
                context.Write.Wake(releaseId);
                return Task.FromResult(ActionResult.Done);
            },
            cancellationToken);
}
