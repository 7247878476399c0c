using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>Approves or rejects exactly the evidence that the person saw.</summary>
public sealed class DecideApproval(StepActionRunner actions, TimeProvider time)
{
    private const int MaximumComment = 10_000;

    private readonly ApprovalRequests requests = new(time);

    /// <param name="seenDigest">Digest of the evidence that was on the person's screen.</param>
    [Needs(Permission.Decide)]
    public Task<ActionResult> RunAsync(
        Actor actor, Guid releaseId, string key, Verdict verdict, string seenDigest, string? comment, CancellationToken cancellationToken) =>
        actions.RunAsync(actor, Permission.Decide, releaseId, key, context => DecideAsync(context, key, verdict, seenDigest, comment), cancellationToken);

    private async Task<ActionResult> DecideAsync(StepActionContext context, string key, Verdict verdict, string seenDigest, string? comment)
    {
        var (write, release, step) = (context.Write, context.Release, context.Step);
        if (context.Definition is not { Kind: StepKindDescription.Approval, Approval: { } rule })
            return ActionResult.Refused(Refusal.NotFound, $"{context.Definition.Title} is no approval.");
        var person = await ProjectPeople.FindAsync(write.Db, context.Actor, release.ProjectId, write.CancellationToken);
        var policy = new ApprovalPolicy(rule, release.StartedBy, CommitAuthor.ParseAll(step.Evidence?[CommitAuthor.Item]));
        if (policy.WhyNot(person) is { } reason)
            return ActionResult.Refused(Refusal.NotAllowed, reason);
        if (WhyNotToken(context.Actor, release.ProjectId) is { } limited)
            return ActionResult.Refused(Refusal.NotAllowed, limited);
        // While it runs it only looks again whether people have decided: what they see is what they were asked about.
        if (step.Status is not (StepStatus.WaitingForPerson or StepStatus.Running) || step.Evidence is null)
            return ActionResult.Refused(Refusal.Conflict, $"{context.Definition.Title} is {Words.Of(step.Status)}; there is nothing to decide now.{WhyItWaits(step)}");
        var request = await requests.EnsureOpenAsync(write, release, step, rule);
        if (request.EvidenceDigest != seenDigest || step.Evidence.Digest != seenDigest)
            return ActionResult.Refused(Refusal.Conflict, await ChangedSince.TellAsync(write, step.Id, seenDigest, step.Evidence));
        if (request.DueAt <= write.Now)
            return ActionResult.Refused(Refusal.Conflict, "The time to decide is over; a maintainer can ask again.");
        if (verdict == Verdict.Rejected && string.IsNullOrWhiteSpace(comment))
            return ActionResult.Refused(Refusal.Invalid, "Say why you reject it: the maintainer must know what to change.");
        if (comment?.Length > MaximumComment)
            return ActionResult.Refused(Refusal.Invalid, $"A comment has at most {MaximumComment} characters.");
        Record(context, person, request, verdict, comment);
        context.Write.Audit(context.Actor, verdict == Verdict.Approved ? "approval.approve" : "approval.reject", release, key,
            after: new { EvidenceDigest = seenDigest, Evidence = step.Evidence.Items, Comment = comment, As = person.Claims });
        context.LookNow();
        return ActionResult.Done;
    }

    // Such as authors that cannot be told: who is refused learns what happened and what to do.
    private static string WhyItWaits(StepRecord step) => step is { Status: StepStatus.WaitingOutside, Reason: { Length: > 0 } reason } ? $" {reason}" : "";

    // Whoever made a token that only reads gave away no signature: that a rule names its owner must not give one to it.
    private static string? WhyNotToken(Actor actor, Guid projectId) =>
        actor.Kind == "token" && actor.Scopes?.Contains(Permission.Decide) != true && (actor.RolesIn(projectId) & ~Roles.Viewer) == 0
            ? $"This token only reads: to decide for {actor.Name} it needs the scope '{PermissionNames.Of(Permission.Decide)}'."
            : null;

    private void Record(StepActionContext context, Signer person, ApprovalRequestRecord request, Verdict verdict, string? comment) =>
        context.Write.Db.Decisions.Add(new DecisionRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            ReleaseId = context.Release.Id,
            StepId = context.Step.Id,
            By = context.Actor.Name,
            Verdict = verdict,
            EvidenceDigest = request.EvidenceDigest,
            As = [.. person.Claims],
            // Clocks of two machines differ: an answer never comes before its question.
            At = context.Write.Now < request.AskedAt ? request.AskedAt : context.Write.Now,
            Comment = comment,
        });
}
