using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>Completes a step: items to tick on a checklist, or a comment (and outputs) for what was done by hand.</summary>
/// <param name="Items">Ids of checklist items to tick.</param>
/// <param name="Outputs">Values that later steps read, by name.</param>
public sealed record Completion(IReadOnlyList<string>? Items, string? Comment, Dictionary<string, string>? Outputs);

/// <param name="Inputs">Corrected inputs by name; none for a plain retry.</param>
public sealed record Retry(Dictionary<string, string>? Inputs, string? Comment);

/// <param name="EvidenceDigest">Digest of the evidence that was looked at, from the step's approval.</param>
public sealed record Judgement(string? EvidenceDigest, string? Comment);

/// <summary>A remark on a step.</summary>
/// <param name="IsQuestion">Whether others should answer it.</param>
/// <param name="Answers">Id of the comment that it answers.</param>
public sealed record Remark(string? Comment, bool IsQuestion = false, Guid? Answers = null);

internal static class StepsApi
{
    public static void MapStepWrites(this IEndpointRouteBuilder routes)
    {
        var steps = routes.MapGroup("/releases/{id:guid}/steps/{key}").WithTags("Steps");
        steps.MapPost("/complete", (Guid id, string key, Completion body, Call call, TickItem tick, MarkStepDone done, CancellationToken cancellationToken) =>
                call.RunAsync(id, key, actor => CompleteAsync(actor, id, key, body, tick, done, cancellationToken), cancellationToken))
            .Needs(Permission.Tick, release: "id").Produces<StepView>().WithSummary("Tick items of a checklist, or mark a step as done by hand");
        steps.MapPost("/retry", (Guid id, string key, Retry body, Call call, RetryStep retry, CancellationToken cancellationToken) =>
                call.RunAsync(id, key, actor => retry.RunAsync(actor, id, key, body.Inputs ?? [], body.Comment, cancellationToken), cancellationToken))
            .Needs(Permission.ActOnStep, release: "id").Produces<StepView>().WithSummary("Try a failed step again, with corrected inputs if given");
        steps.MapPost("/skip", (Guid id, string key, Reason body, Call call, SkipStep skip, CancellationToken cancellationToken) =>
                call.RunAsync(id, key, actor => skip.RunAsync(actor, id, key, body.Comment, cancellationToken), cancellationToken))
            .Needs(Permission.ActOnStep, release: "id").Produces<StepView>().WithSummary("Leave an optional step out, with a reason");
        steps.MapPost("/approve", (Guid id, string key, Judgement body, Call call, DecideApproval decide, CancellationToken cancellationToken) =>
                call.RunAsync(id, key, actor => DecideAsync(actor, id, key, Verdict.Approved, body, decide, cancellationToken), cancellationToken))
            .Needs(Permission.Decide, release: "id").Produces<StepView>().WithSummary("Approve exactly the evidence with this digest");
        steps.MapPost("/reject", (Guid id, string key, Judgement body, Call call, DecideApproval decide, CancellationToken cancellationToken) =>
                call.RunAsync(id, key, actor => DecideAsync(actor, id, key, Verdict.Rejected, body, decide, cancellationToken), cancellationToken))
            .Needs(Permission.Decide, release: "id").Produces<StepView>().WithSummary("Reject the evidence with this digest, with a comment");
        steps.MapPost("/comment", (Guid id, string key, Remark body, Call call, CommentOnStep comment, CancellationToken cancellationToken) =>
                call.RunAsync(id, key, actor => comment.RunAsync(actor, id, key, new NewComment(body.Comment ?? "", body.IsQuestion, body.Answers), cancellationToken), cancellationToken))
            .Needs(Permission.Comment, release: "id").Produces<StepView>().WithSummary("Leave a remark on a step, ask a question, or answer one");
    }

    private static async Task<ActionResult> CompleteAsync(
        Actor actor, Guid id, string key, Completion body, TickItem tick, MarkStepDone done, CancellationToken cancellationToken)
    {
        if (body.Items is not { Count: > 0 } items)
            return await done.RunAsync(actor, id, key, body.Comment, body.Outputs ?? [], cancellationToken);
        foreach (var item in items)
        {
            var result = await tick.RunAsync(actor, id, key, item, ticked: true, cancellationToken);
            if (!result.IsDone)
                return result;
        }
        return ActionResult.Done;
    }

    private static Task<ActionResult> DecideAsync(
        Actor actor, Guid id, string key, Verdict verdict, Judgement body, DecideApproval decide, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(body.EvidenceDigest)
            ? Task.FromResult(ActionResult.Refused(Refusal.Invalid, "evidenceDigest is missing: read the step and send the digest of what was looked at."))
            : decide.RunAsync(actor, id, key, verdict, body.EvidenceDigest, body.Comment, cancellationToken);

    /// <summary>Who calls, and the answer: the step as it is afterwards.</summary>
    internal sealed record Call(CurrentActor Actor, ReleaseQueries Releases)
    {
        // Minimal APIs bind by this method; both parts are services.
        public static ValueTask<Call> BindAsync(HttpContext http) => new(
            new Call(http.RequestServices.GetRequiredService<CurrentActor>(), http.RequestServices.GetRequiredService<ReleaseQueries>()));

        public async Task<IResult> RunAsync(Guid id, string key, Func<Actor, Task<ActionResult>> act, CancellationToken cancellationToken)
        {
            var result = await act(await Actor.GetAsync(cancellationToken));
            if (!result.IsDone)
                return ApiProblems.Of(result);
            var release = await Releases.FindAsync(id, cancellationToken);
            return Results.Ok(release!.Steps.Single(step => step.Key == key));
        }
    }
}
