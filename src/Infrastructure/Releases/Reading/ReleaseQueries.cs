using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>Reads releases for screens and the API. Every read is a snapshot; <c>ChangeFeed</c> says when to read again.</summary>
public sealed class ReleaseQueries(LedgerStore ledger, ReleaseSnapshots snapshots, TimeProvider time)
{
    /// <summary>The whole release, or null when there is none with this id.</summary>
    public async Task<ReleaseView?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
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

    /// <summary>Releases that match, newest first.</summary>
    public async Task<IReadOnlyList<ReleaseSummary>> ListAsync(ReleaseFilter filter, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var found = await filter.Apply(db.Releases.Include(release => release.Project).Include(release => release.Steps))
            .AsSplitQuery().ToListAsync(cancellationToken);
        var ids = found.Select(release => release.Id).ToList();
        var approvals = (await db.Decisions.Where(decision => ids.Contains(decision.ReleaseId) && decision.Verdict == Core.Approvals.Verdict.Approved)
            .Select(decision => new { decision.ReleaseId, decision.By }).Distinct().ToListAsync(cancellationToken)).ToLookup(row => row.ReleaseId, row => row.By);
        var failures = await db.Attempts.Where(attempt => ids.Contains(attempt.ReleaseId) && attempt.Outcome == Persistence.Records.AttemptOutcome.Failed)
            .GroupBy(attempt => attempt.ReleaseId).Select(own => new { own.Key, Count = own.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var summaries = new List<ReleaseSummary>(found.Count);
        foreach (var release in found)
            summaries.Add(ReleaseSummaryBuilder.Build(release, await snapshots.OfAsync(db, release.Id, cancellationToken), [.. approvals[release.Id]], failures.GetValueOrDefault(release.Id)));
        return summaries;
    }
}
