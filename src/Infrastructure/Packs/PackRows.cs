using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>The rows of a release's steps, each in the order it came.</summary>
internal sealed record PackRows(
    IReadOnlyDictionary<string, StepRecord> Steps, ILookup<Guid, AttemptRecord> Attempts, ILookup<Guid, TickRecord> Ticks, ILookup<Guid, ApprovalRequestRecord> Requests,
    ILookup<Guid, DecisionRecord> Decisions, ILookup<string, CommentRecord> Comments)
{
    public static async Task<PackRows> ReadAsync(LedgerContext db, Guid releaseId, CancellationToken cancellationToken)
    {
        var steps = await db.Steps.Where(step => step.ReleaseId == releaseId).ToDictionaryAsync(step => step.Key, cancellationToken);
        var ids = steps.Values.Select(step => step.Id).ToList();
        return new PackRows(
            steps,
            (await db.Attempts.Where(attempt => attempt.ReleaseId == releaseId).OrderBy(attempt => attempt.Number).ToListAsync(cancellationToken)).ToLookup(attempt => attempt.StepId),
            (await db.Ticks.Where(tick => ids.Contains(tick.StepId)).OrderBy(tick => tick.At).ToListAsync(cancellationToken)).ToLookup(tick => tick.StepId),
            (await db.ApprovalRequests.Where(request => ids.Contains(request.StepId)).OrderBy(request => request.AskedAt).ToListAsync(cancellationToken)).ToLookup(request => request.StepId),
            (await db.Decisions.Where(decision => decision.ReleaseId == releaseId).OrderBy(decision => decision.At).ToListAsync(cancellationToken)).ToLookup(decision => decision.StepId),
            (await db.Comments.Where(comment => comment.ReleaseId == releaseId).OrderBy(comment => comment.At).ToListAsync(cancellationToken)).ToLookup(comment => comment.StepKey));
    }
}
