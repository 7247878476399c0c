using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Releases.Actions;

/// <summary>A remark, a question, or the answer to one.</summary>
/// <param name="IsQuestion">Whether it asks something that others should answer.</param>
/// <param name="Answers">The comment that it answers, or null.</param>
public sealed record NewComment(string Text, bool IsQuestion = false, Guid? Answers = null);

/// <summary>Asks a question, answers one, or leaves a remark on a step.</summary>
public sealed class CommentOnStep(StepActionRunner actions, TimeProvider time)
{
    private const int MaximumLength = 10_000;
    private const int MaximumMentions = 20;

    [Needs(Permission.Comment)]
    public Task<ActionResult> RunAsync(Actor actor, Guid releaseId, string key, string text, CancellationToken cancellationToken) =>
        RunAsync(actor, releaseId, key, new NewComment(text), cancellationToken);

    [Needs(Permission.Comment)]
    public Task<ActionResult> RunAsync(Actor actor, Guid releaseId, string key, NewComment comment, CancellationToken cancellationToken) =>
        actions.RunAsync(actor, Permission.Comment, releaseId, key, context => AddAsync(context, key, comment), cancellationToken);

    private async Task<ActionResult> AddAsync(StepActionContext context, string key, NewComment comment)
    {
        var (write, release) = (context.Write, context.Release);
        if (string.IsNullOrWhiteSpace(comment.Text) || comment.Text.Length > MaximumLength)
            return ActionResult.Refused(Refusal.Invalid, $"A comment has 1 to {MaximumLength} characters.");
        if (comment.Answers is { } question
            && !await write.Db.Comments.AnyAsync(other => other.Id == question && other.ReleaseId == release.Id && other.StepKey == key, write.CancellationToken))
            return ActionResult.Refused(Refusal.NotFound, "The comment that this answers is not on this step.");
        var record = new CommentRecord
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            ReleaseId = release.Id,
            StepKey = key,
            By = context.Actor.Name,
            At = write.Now,
            Text = comment.Text.Trim(),
            IsQuestion = comment.IsQuestion,
            Answers = comment.Answers,
            Mentions = await MentionedAsync(write, comment.Text),
        };
        write.Db.Comments.Add(record);
        write.Audit(context.Actor, "comment.add", release, key, after: new { record.Text, record.IsQuestion, record.Mentions, record.Answers });
        return ActionResult.Done;
    }

    // Only people who are there: an @ in a package's name mentions nobody.
    private static async Task<List<string>> MentionedAsync(LedgerTransaction write, string text)
    {
        var names = Mentions.In(text).Take(MaximumMentions).Select(AccountRules.Normalize).ToList();
        return names.Count == 0
            ? []
            : await write.Db.Users.Where(user => names.Contains(user.NormalizedName)).OrderBy(user => user.NormalizedName).Select(user => user.Name).ToListAsync(write.CancellationToken);
    }
}
