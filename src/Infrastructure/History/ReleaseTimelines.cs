using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>A row of a release's timeline.</summary>
/// <param name="Segments">In order; empty for a step that never began.</param>
public sealed record TimelineRow(StepTime Step, StepStatus Status, IReadOnlyList<TimeSegment> Segments);

/// <summary>Where the time of one release went, step by step.</summary>
/// <param name="At">When it was looked at: what goes on ends here.</param>
/// <param name="Rows">In the playbook's order.</param>
/// <param name="Times">The sums, until <paramref name="At"/> when it is not over.</param>
public sealed record ReleaseTimeline(
    Guid Id, string Project, string Version, ReleaseStatus Status, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, DateTimeOffset At,
    IReadOnlyList<TimelineRow> Rows, ReleaseTimes Times)
{
    public DateTimeOffset End => FinishedAt ?? At;
}

/// <summary>Reads timelines.</summary>
public sealed class ReleaseTimelines(LedgerStore ledger, TimeProvider time)
{
    /// <summary>Null when there is no such release, or none that the reader may see.</summary>
    [Needs(Permission.SeeProject)]
    public async Task<ReleaseTimeline?> FindAsync(Actor actor, Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var release = await db.Releases.Include(record => record.Project).FirstOrDefaultAsync(record => record.Id == releaseId, cancellationToken);
        if (release is null || !actor.May(Permission.SeeProject, release.ProjectId))
            return null;
        var steps = await db.Steps.Where(step => step.ReleaseId == releaseId).ToListAsync(cancellationToken);
        var attempts = await db.Attempts.Where(attempt => attempt.ReleaseId == releaseId).ToListAsync(cancellationToken);
        var playbook = await db.ReleaseSnapshots.Where(snapshot => snapshot.ReleaseId == releaseId).Select(snapshot => snapshot.PlaybookText).FirstOrDefaultAsync(cancellationToken);
        // To the millisecond, as the ledger has it: an attempt that began this very moment must not end before it began.
        var now = time.GetUtcNow();
        var end = release.FinishedAt ?? now;
        var times = StepTimes.Of(PlaybookOutline.Read(playbook ?? ""), steps, attempts);
        var statuses = steps.ToDictionary(step => step.Key, step => step.Status);
        return new ReleaseTimeline(
            release.Id, release.Project!.Name, release.Version, release.Status, release.StartedAt, release.FinishedAt, now,
            [.. times.Select(step => new TimelineRow(step, statuses[step.Key], TimeSegment.Of(step, end)))],
            ReleaseTimes.Of(release.StartedAt, end, times));
    }
}
