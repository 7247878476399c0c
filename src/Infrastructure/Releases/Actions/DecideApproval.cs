using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>Approves or rejects exactly the evidence that the person saw.</summary>
public sealed class DecideApproval(StepActionRunner actions, TimeProvider time)
{
    /// <param name="seenDigest">Digest of the evidence that was on the person's screen.</param>
    [Needs(Permission.Decide)]
    public Task<ActionResult> RunAsync(
        Actor actor, Guid releaseId, string key, Verdict verdict, string seenDigest, string? comment, CancellationToken cancellationToken) =>
        actions.RunAsync(
            actor,
            Permission.Decide,
            releaseId,
            key,
            context => Task.FromResult(Decide(context, actor, key, verdict, seenDigest, comment)),
            cancellationToken);

    private ActionResult Decide(StepActionContext context, Actor actor, string key, Verdict verdict, string seenDigest, string? comment)
    {
        if (context.Definition is not { Kind: StepKindDescription.Approval, Approval: { } rule })
            return ActionResult.Refused(Refusal.NotFound, $"{context.Definition.Title} is no approval.");
        if (new ApprovalPolicy(rule, context.Release.StartedBy).WhyNot(actor) is { } reason)
            return ActionResult.Refused(Refusal.NotAllowed, reason);
        if (context.Step.Status is not (StepStatus.WaitingForPerson or StepStatus.Running))
            return ActionResult.Refused(Refusal.Conflict, $"{context.Definition.Title} is {Words.Of(context.Step.Status)}; there is nothing to decide now.");
        if (context.Step.Evidence?.Digest is not { } digest || digest != seenDigest)
            return ActionResult.Refused(Refusal.Conflict, "What would be published has changed since this page was shown. Look at it again, then decide.");
        if (verdict == Verdict.Rejected && string.IsNullOrWhiteSpace(comment))
            return ActionResult.Refused(Refusal.Invalid, "Say why you reject it: the maintainer must know what to change.");
        context.Write.Db.Decisions.Add(new DecisionRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            ReleaseId = context.Release.Id,
            StepId = context.Step.Id,
            By = actor.Name,
            Verdict = verdict,
            EvidenceDigest = digest,
            At = context.Write.Now,
            Comment = comment,
        });
        context.Write.Audit(actor, verdict == Verdict.Approved ? "approval.approve" : "approval.reject", context.Release, key,
            after: new { EvidenceDigest = digest, Evidence = context.Step.Evidence.Items, Comment = comment });
        context.LookNow();
        return ActionResult.Done;
    }
}
