using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>Leaves an optional step out, with a reason. A required step is never skipped.</summary>
public sealed class SkipStep(StepActionRunner actions)
{
    [Needs(Permission.ActOnStep)]
    public Task<ActionResult> RunAsync(Actor actor, Guid releaseId, string key, string? reason, CancellationToken cancellationToken) =>
        actions.RunAsync(
            actor,
            Permission.ActOnStep,
            releaseId,
            key,
            context =>
            {
                if (!context.Definition.Optional)
                    return Task.FromResult(ActionResult.Refused(Refusal.NotAllowed, $"{context.Definition.Title} is required and cannot be left out. Retry it, mark it as done by hand, or abort the release."));
                if (string.IsNullOrWhiteSpace(reason))
                    return Task.FromResult(ActionResult.Refused(Refusal.Invalid, "Say why the step is left out: the reason is kept with the release."));
                var before = context.Step.Status;
                if (context.Move(StepEvent.Skip) is { } refused)
                    return Task.FromResult(refused);
                context.Step.LeaseHolder = null;
                context.Step.Fence++;
                context.Step.WakeAt = null;
                context.Step.Reason = reason;
                context.Step.SettledBy = actor.Name;
                context.Step.FinishedAt = context.Write.Now;
                context.Write.Audit(actor, "step.skip", context.Release, key, new { Status = before.ToString() }, new { Reason = reason });
                context.Write.Wake(releaseId);
                return Task.FromResult(ActionResult.Done);
            },
            cancellationToken);
}
