using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>Reads the rows of a page together: those over from their facts, those under way from their steps.</summary>
internal sealed class ReleaseSummaries(ReleaseSnapshots snapshots)
{
    private readonly ReleaseStages stages = new();

    /// <summary>In the order of the ids.</summary>
    public async Task<IReadOnlyList<ReleaseSummary>> OfAsync(LedgerContext db, FoundReleases found, CancellationToken cancellationToken)
    {
        var summaries = await OverAsync(db, found, cancellationToken);
        var rest = found.Ids.Where(id => !summaries.ContainsKey(id)).ToList();
        if (rest.Count > 0)
            await AddUnderWayAsync(db, rest, summaries, cancellationToken);
        return [.. found.Ids.Select(id => summaries[id])];
    }

    private async Task<Dictionary<Guid, ReleaseSummary>> OverAsync(LedgerContext db, FoundReleases found, CancellationToken cancellationToken)
    {
        var facts = await db.ReleaseFacts.Where(own => found.Ids.Contains(own.ReleaseId)).ToListAsync(cancellationToken);
        var outlines = await stages.OfAsync(db, [.. facts.Select(own => own.ReleaseId)], cancellationToken);
        return facts.ToDictionary(own => own.ReleaseId, own => ReleaseSummaryBuilder.Build(own, found.Projects[own.ProjectId], outlines.GetValueOrDefault(own.ReleaseId) ?? []));
    }

    private async Task AddUnderWayAsync(LedgerContext db, List<Guid> ids, Dictionary<Guid, ReleaseSummary> summaries, CancellationToken cancellationToken)
    {
        var releases = await db.Releases.Include(release => release.Project).Where(release => ids.Contains(release.Id)).ToListAsync(cancellationToken);
        // Without their evidence: a list does not show it, and reading it would take longer than all else together.
        var steps = (await db.Steps.Where(step => ids.Contains(step.ReleaseId))
            .Select(step => new StepRecord
            {
                Id = step.Id, ReleaseId = step.ReleaseId, Key = step.Key, Ordinal = step.Ordinal, Status = step.Status, Looks = step.Looks, Reason = step.Reason, Error = step.Error,
                StartedAt = step.StartedAt, FinishedAt = step.FinishedAt,
            })
            .ToListAsync(cancellationToken)).ToLookup(step => step.ReleaseId);
        // Through the steps: decisions have no index by release.
        var approvals = (await db.Steps.Where(step => ids.Contains(step.ReleaseId))
            .Join(db.Decisions.Where(decision => decision.Verdict == Verdict.Approved), step => step.Id, decision => decision.StepId, (step, decision) => new { step.ReleaseId, decision.By })
            .Distinct().ToListAsync(cancellationToken)).ToLookup(row => row.ReleaseId, row => row.By);
        var failures = await db.Attempts
            .Where(attempt => ids.Contains(attempt.ReleaseId) && (attempt.Outcome == AttemptOutcome.Failed || attempt.Outcome == AttemptOutcome.NeedsReconciliation))
            .GroupBy(attempt => attempt.ReleaseId).Select(own => new { own.Key, Count = own.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var read = await snapshots.OfAsync(db, releases, cancellationToken);
        foreach (var release in releases)
        {
            release.Steps.AddRange(steps[release.Id]);
            summaries[release.Id] = ReleaseSummaryBuilder.Build(release, read[release.Id], [.. approvals[release.Id]], failures.GetValueOrDefault(release.Id));
        }
    }
}
