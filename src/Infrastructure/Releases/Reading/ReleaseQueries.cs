using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>Reads releases for screens and the API. Every read is a snapshot; <c>ChangeFeed</c> says when to read again.</summary>
public sealed class ReleaseQueries(LedgerStore ledger, ReleaseSnapshots snapshots, HistoryChoices choices, TimeProvider time)
{
    private readonly ReleaseSearch search = new(ledger, choices);
    private readonly ReleaseSummaries summaries = new(snapshots);

    /// <summary>The whole release, or null when there is none with this id.</summary>
    public async Task<ReleaseView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        // Of one moment: a step's evidence and its request for approval change together.
        await using var db = await ledger.ReadSnapshotAsync(cancellationToken);
        var release = await db.Releases.Include(record => record.Project).FirstOrDefaultAsync(record => record.Id == id, cancellationToken);
        if (release is null)
            return null;
        var steps = await db.Steps.Where(step => step.ReleaseId == id).OrderBy(step => step.Ordinal).ToListAsync(cancellationToken);
        var stepIds = steps.Select(step => step.Id).ToList();
        var rows = new ReleaseRows(
            release,
            steps,
            await db.Attempts.Where(attempt => attempt.ReleaseId == id).GroupBy(attempt => attempt.StepId)
                .Select(own => new { own.Key, Last = own.OrderByDescending(attempt => attempt.Number).First().Id })
                .ToDictionaryAsync(row => row.Key, row => row.Last, cancellationToken),
            await db.Ticks.Where(tick => stepIds.Contains(tick.StepId)).ToListAsync(cancellationToken),
            await db.Decisions.Where(decision => decision.ReleaseId == id).OrderBy(decision => decision.At).ToListAsync(cancellationToken),
            await db.Comments.Where(comment => comment.ReleaseId == id).OrderBy(comment => comment.At).ToListAsync(cancellationToken),
            await db.ApprovalRequests.Where(request => request.ReleaseId == id).ToListAsync(cancellationToken),
            ReleaseProgress.IsOver(release.Status) ? [] : await FreezeQueries.OfReleaseAsync(db, release.ProjectId, id, time.GetUtcNow(), cancellationToken),
            await Durations.MedianAsync(db, release.ProjectId, cancellationToken));
        return ReleaseViewBuilder.Build(rows, await snapshots.OfAsync(db, id, cancellationToken));
    }

    /// <summary>Releases that match, newest first. What it reads depends on what it shows, not on how many there are.</summary>
    public async Task<IReadOnlyList<ReleaseSummary>> ListAsync(ReleaseFilter filter, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var found = await search.FindAsync(db, filter, cancellationToken);
        return found.Ids.Count == 0 ? [] : await summaries.OfAsync(db, found, cancellationToken);
    }
}
