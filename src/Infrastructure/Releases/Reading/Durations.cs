using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>How long steps of a project took lately.</summary>
internal static class Durations
{
    private const int Releases = 10;

    /// <summary>Median by step key over the last published releases. Bounded: it never reads more than those.</summary>
    public static async Task<IReadOnlyDictionary<string, TimeSpan>> MedianAsync(LedgerContext db, Guid projectId, CancellationToken cancellationToken)
    {
        var last = await db.Releases.Where(release => release.ProjectId == projectId && release.Status == ReleaseStatus.Published)
            .OrderByDescending(release => release.StartedAt).Take(Releases).Select(release => release.Id).ToListAsync(cancellationToken);
        if (last.Count == 0)
            return new Dictionary<string, TimeSpan>();
        var rows = await db.Steps.Where(step => last.Contains(step.ReleaseId) && step.Status == StepStatus.Succeeded)
            .Select(step => new { step.Key, step.StartedAt, step.FinishedAt }).ToListAsync(cancellationToken);
        return rows.Where(row => row is { StartedAt: not null, FinishedAt: not null })
            .GroupBy(row => row.Key, row => row.FinishedAt!.Value - row.StartedAt!.Value)
            .ToDictionary(own => own.Key, own => own.Order().ElementAt(own.Count() / 2));
    }
}
