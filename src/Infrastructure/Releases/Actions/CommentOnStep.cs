using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>Asks a question or leaves a remark on a step.</summary>
public sealed class CommentOnStep(StepActionRunner actions, TimeProvider time)
{
    private const int MaximumLength = 10_000;

    [Needs(Permission.Comment)]
    public Task<ActionResult> RunAsync(Actor actor, Guid releaseId, string key, string text, CancellationToken cancellationToken) =>
        actions.RunAsync(
            actor,
            Permission.Comment,
            releaseId,
            key,
            context =>
            {
                if (string.IsNullOrWhiteSpace(text) || text.Length > MaximumLength)
                    return Task.FromResult(ActionResult.Refused(Refusal.Invalid, $"A comment has 1 to {MaximumLength} characters."));
                context.Write.Db.Comments.Add(new CommentRecord
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()),
                    ReleaseId = releaseId,
                    StepKey = key,
                    By = actor.Name,
                    At = context.Write.Now,
                    Text = text.Trim(),
                });
                context.Write.Audit(actor, "comment.add", context.Release, key, after: new { Text = text.Trim() });
                return Task.FromResult(ActionResult.Done);
            },
            cancellationToken);
}
