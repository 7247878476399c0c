using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>
/// Records that a person did the step by hand, with evidence. What later steps read from it must be given. A step whose
/// result can be observed is better retried: it finds what was done and proves it.
/// </summary>
public sealed class MarkStepDone(StepActionRunner actions)
{
    /// <param name="outputs">Values that later steps read, by output name.</param>
    [Needs(Permission.ActOnStep)]
    public Task<ActionResult> RunAsync(
        Actor actor, Guid releaseId, string key, string? comment, IReadOnlyDictionary<string, string> outputs, CancellationToken cancellationToken) =>
        actions.RunAsync(
            actor,
            Permission.ActOnStep,
            releaseId,
            key,
            context =>
            {
                // A tick or a signature is a person's word already; nobody gives it for another.
                if (context.Definition.Kind is StepKindDescription.Approval or StepKindDescription.Checklist)
                    return Task.FromResult(ActionResult.Refused(Refusal.NotAllowed, $"{context.Definition.Title} is decided by people on the page and cannot be marked as done."));
                if (string.IsNullOrWhiteSpace(comment))
                    return Task.FromResult(ActionResult.Refused(Refusal.Invalid, "Say what you did and where it can be seen: it is kept as evidence."));
                var before = context.Step.Status;
                if (context.Move(StepEvent.MarkDone) is { } refused)
                    return Task.FromResult(refused);
                context.Step.WakeAt = null;
                context.Step.Error = null;
                context.Step.Reason = $"Done by hand: {comment}";
                context.Step.SettledBy = actor.Name;
                context.Step.FinishedAt = context.Write.Now;
                context.Step.Evidence = (context.Step.Evidence ?? Evidence.None)
                    .With([.. outputs.Select(output => new EvidenceItem(output.Key, EvidenceKind.Text, output.Value)), new EvidenceItem("by_hand", EvidenceKind.Text, $"{actor.Name}: {comment}")]);
                context.Write.Audit(actor, "step.mark-done", context.Release, key,
                    new { Status = before.ToString() }, new { Comment = comment, Evidence = context.Step.Evidence.Items });
                context.Write.Wake(releaseId);
                return Task.FromResult(ActionResult.Done);
            },
            cancellationToken);
}
