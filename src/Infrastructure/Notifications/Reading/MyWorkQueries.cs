using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Notifications.Reading;

/// <summary>What belongs to one person beside the steps that ask: questions, own releases, drafts, mentions.</summary>
public sealed class MyWorkQueries(LedgerStore ledger)
{
    private const int Most = 50;

    /// <param name="user">The account's id.</param>
    /// <param name="name">Its sign-in name.</param>
    public async Task<MyWork> ReadAsync(Guid user, string name, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var releases = await db.Releases.Where(release => release.ActiveKey != null && release.Owner == name).OrderBy(release => release.StartedAt).Take(Most)
            .Select(release => new OwnRelease(release.Id, release.Project!.Name, release.Version, release.Status, release.StartedAt)).ToListAsync(cancellationToken);
        var drafts = await db.Drafts.Where(draft => draft.Owner == name).OrderByDescending(draft => draft.SavedAt).Take(Most)
            .Join(db.Projects, draft => draft.ProjectId, project => project.Id, (draft, project) => new OwnDraft(draft.Id, project.Name, draft.SavedAt)).ToListAsync(cancellationToken);
        var mentions = await db.Notifications.Where(notice => notice.UserId == user && notice.Event == NoticeKinds.Mention && notice.ReadAt == null)
            .OrderByDescending(notice => notice.CreatedAt).Take(Most)
            .Select(notice => new InboxItem(notice.Id, notice.Event, notice.Title, notice.Path, notice.ProjectId, notice.ReleaseId, notice.StepKey, notice.CreatedAt, notice.ReadAt))
            .ToListAsync(cancellationToken);
        return new MyWork(await QuestionsAsync(db, name, cancellationToken), releases, drafts, mentions);
    }

    // Asked on my release or of me by name, and nobody answered. Whom a question names is a list in one column, so the few open questions are looked through here.
    private static async Task<IReadOnlyList<OpenQuestion>> QuestionsAsync(LedgerContext db, string name, CancellationToken cancellationToken)
    {
        var open = await db.Comments.Where(comment => comment.IsQuestion && comment.By != name && !db.Comments.Any(other => other.Answers == comment.Id))
            .Join(db.Releases.Where(release => release.ActiveKey != null), comment => comment.ReleaseId, release => release.Id, (comment, release) => new { comment, release.Owner, Project = release.Project!.Name, release.Version })
            .OrderBy(row => row.comment.At).Take(500).ToListAsync(cancellationToken);
        return [.. open.Where(row => row.comment.Mentions.Count == 0 ? Same(row.Owner) : row.comment.Mentions.Exists(Same)).Take(Most)
            .Select(row => new OpenQuestion(row.comment.Id, row.comment.ReleaseId, row.Project, row.Version, row.comment.StepKey, row.comment.By, row.comment.At, row.comment.Text))];

        bool Same(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>What belongs to one person.</summary>
public sealed record MyWork(IReadOnlyList<OpenQuestion> Questions, IReadOnlyList<OwnRelease> Releases, IReadOnlyList<OwnDraft> Drafts, IReadOnlyList<InboxItem> Mentions);

/// <summary>A question that nobody answered.</summary>
public sealed record OpenQuestion(Guid Id, Guid ReleaseId, string Project, string Version, string Step, string By, DateTimeOffset At, string Text);

/// <summary>A release under way that the person leads.</summary>
public sealed record OwnRelease(Guid Id, string Project, string Version, ReleaseStatus Status, DateTimeOffset StartedAt);

/// <summary>A release that was prepared and not started.</summary>
public sealed record OwnDraft(Guid Id, string Project, DateTimeOffset SavedAt);
