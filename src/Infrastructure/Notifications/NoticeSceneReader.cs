using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>Reads what the rules must know beside an entry.</summary>
public sealed class NoticeSceneReader(ReleaseSnapshots snapshots)
{
    internal async Task<NoticeScene> ReadAsync(LedgerContext db, AuditEntry entry, SceneCache cache, CancellationToken cancellationToken)
    {
        var people = cache.People ??= await NoticePeople.ReadAsync(db, cancellationToken);
        var scene = new NoticeScene { People = people };
        if (entry.ProjectId is { } project)
        {
            scene = scene with
            {
                Project = await db.Projects.Where(record => record.Id == project).Select(record => record.Name).FirstOrDefaultAsync(cancellationToken),
                Followers = await db.Follows.Where(follow => follow.ProjectId == project)
                    .Join(db.Users, follow => follow.UserId, user => user.Id, (_, user) => user.Name).ToListAsync(cancellationToken),
            };
        }
        return entry.ReleaseId is { } release ? await WithReleaseAsync(db, entry, release, scene, cancellationToken) : scene;
    }

    private async Task<NoticeScene> WithReleaseAsync(LedgerContext db, AuditEntry entry, Guid id, NoticeScene scene, CancellationToken cancellationToken)
    {
        var release = await db.Releases.Where(record => record.Id == id)
            .Select(record => new NoticeRelease(record.Id, record.ProjectId, record.Version, record.Owner, record.StartedBy)).FirstOrDefaultAsync(cancellationToken);
        if (release is null)
            return scene;
        scene = scene with { Release = release };
        // Some subjects name an item of the step: "key/item".
        var key = entry.Subject.Split('/')[0];
        var step = await db.Steps.Where(record => record.ReleaseId == id && record.Key == key).Select(record => new { record.Id, record.Evidence }).FirstOrDefaultAsync(cancellationToken);
        if (step is null)
            return scene;
        var definition = (await snapshots.OfAsync(db, id, cancellationToken)).Playbook.FindStep(key);
        var decisions = await db.Decisions.Where(decision => decision.StepId == step.Id).Select(decision => new { decision.By, decision.At }).ToListAsync(cancellationToken);
        var asked = await db.ApprovalRequests.Where(request => request.StepId == step.Id && request.AskedAt <= entry.At)
            .OrderByDescending(request => request.AskedAt).Select(request => (DateTimeOffset?)request.AskedAt).FirstOrDefaultAsync(cancellationToken);
        var writers = await db.Comments.Where(comment => comment.ReleaseId == id && comment.StepKey == key).Select(comment => comment.By).Distinct().ToListAsync(cancellationToken);
        return scene with
        {
            Step = definition is null ? null : new NoticeStep(key, definition.Title, definition.Kind, definition.Approval)
            {
                Authors = CommitAuthor.ParseAll(step.Evidence?[CommitAuthor.Item]),
            },
            Involved = [.. decisions.Select(decision => decision.By).Union(writers)],
            // What was decided before it asked anew counts no more, so these people are reminded too.
            Decided = [.. decisions.Where(decision => !(decision.At < asked)).Select(decision => decision.By).Distinct()],
            HasAsked = entry.Action == "step.ask" && await HasAskedAsync(db, entry, id, key, cancellationToken),
            Asker = await AskerAsync(db, entry, cancellationToken),
        };
    }

    // The last word on the step before this one: after a start it asks for the first time.
    private static async Task<bool> HasAskedAsync(LedgerContext db, AuditEntry entry, Guid release, string key, CancellationToken cancellationToken) =>
        await db.Audit.Where(other => other.ReleaseId == release && other.Sequence < entry.Sequence && other.Subject == key && (other.Action == "step.start" || other.Action == "step.ask"))
            .OrderByDescending(other => other.Sequence).Select(other => other.Action).FirstOrDefaultAsync(cancellationToken) == "step.ask";

    private static async Task<string?> AskerAsync(LedgerContext db, AuditEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Action != "comment.add" || entry.After is null)
            return null;
        using var after = JsonDocument.Parse(entry.After);
        return after.RootElement.TryGetProperty("answers", out var answered) && answered.TryGetGuid(out var question)
            ? await db.Comments.Where(comment => comment.Id == question).Select(comment => comment.By).FirstOrDefaultAsync(cancellationToken)
            : null;
    }
}

/// <summary>What entries of one batch share.</summary>
internal sealed class SceneCache
{
    public IReadOnlyList<NoticePerson>? People { get; set; }
}
