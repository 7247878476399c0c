using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>Writes what history reads, a row and its commits, when a release has ended. Happens once in a release, not in the path of a step.</summary>
internal static class ReleaseFactsWriter
{
    /// <summary>Adds the facts of a release that is over to the context; saving is the caller's business. Adding them twice does nothing.</summary>
    /// <param name="db">Tracks, so that what this write has changed and not saved yet counts.</param>
    public static async Task AddAsync(LedgerContext db, ReleaseRecord release, CancellationToken cancellationToken)
    {
        var (hasFacts, hasCommits) = (await db.ReleaseFacts.AnyAsync(facts => facts.ReleaseId == release.Id, cancellationToken), await db.ReleaseCommits.AnyAsync(own => own.ReleaseId == release.Id, cancellationToken));
        if (hasFacts && hasCommits)
            return;
        var steps = await db.Steps.Where(step => step.ReleaseId == release.Id).ToListAsync(cancellationToken);
        if (!hasCommits)
            db.ReleaseCommits.AddRange(ReleaseCommits.Of(release.BaseCommit, Proven(steps)).Select(commit => new ReleaseCommitRecord { Commit = commit, ReleaseId = release.Id, ProjectId = release.ProjectId }));
        if (!hasFacts)
            await AddFactsAsync(db, release, steps, cancellationToken);
    }

    private static async Task AddFactsAsync(LedgerContext db, ReleaseRecord release, List<StepRecord> steps, CancellationToken cancellationToken)
    {
        var attempts = await db.Attempts.Where(attempt => attempt.ReleaseId == release.Id).ToListAsync(cancellationToken);
        var decisions = await db.Decisions.Where(decision => decision.ReleaseId == release.Id && decision.Verdict == Verdict.Approved).OrderBy(decision => decision.At).ToListAsync(cancellationToken);
        var playbook = await db.ReleaseSnapshots.Where(snapshot => snapshot.ReleaseId == release.Id).Select(snapshot => snapshot.PlaybookText).FirstOrDefaultAsync(cancellationToken);
        db.ReleaseFacts.Add(Of(release, steps, attempts, [.. decisions.Select(decision => decision.By).Distinct(StringComparer.Ordinal)], playbook ?? ""));
    }

    private static ReleaseFactsRecord Of(ReleaseRecord release, List<StepRecord> steps, List<AttemptRecord> attempts, IReadOnlyList<string> approvedBy, string playbook)
    {
        var finishedAt = release.FinishedAt ?? release.StartedAt;
        var times = ReleaseTimes.Of(release.StartedAt, finishedAt, StepTimes.Of(PlaybookOutline.Read(playbook), steps, attempts));
        var proven = Proven(steps);
        var isPublished = release.Status == ReleaseStatus.Published;
        return new ReleaseFactsRecord
        {
            ReleaseId = release.Id,
            ProjectId = release.ProjectId,
            Version = release.Version,
            IsPublished = isPublished,
            IsRehearsal = release.IsRehearsal,
            PlaybookName = release.PlaybookName,
            StartedBy = release.StartedBy,
            ApprovedBy = approvedBy,
            AbortReason = release.AbortReason,
            StartedAt = release.StartedAt,
            FinishedAt = finishedAt,
            LeadMilliseconds = Milliseconds(times.Lead),
            PeopleMilliseconds = Milliseconds(times.People),
            OutsideMilliseconds = Milliseconds(times.Outside),
            Failures = times.Failures,
            Retries = times.Retries,
            // What an aborted release built went nowhere.
            PackageBytes = isPublished ? PublishedSizes.OfPackages(proven) : null,
            ImageBytes = isPublished ? PublishedSizes.OfImages(proven) : null,
            Stages = [.. times.Stages.Select(stage => new StageFacts(stage.Stage, stage.Title, stage.StartedAt, stage.FinishedAt, Milliseconds(stage.People)))],
            Steps = [.. times.Troubles.Select(trouble => new StepFacts(trouble.Step, trouble.Title, trouble.Failures, trouble.Retries))],
        };
    }

    private static List<Evidence> Proven(List<StepRecord> steps) =>
        [.. steps.OrderBy(step => step.Ordinal).Where(step => step is { Status: StepStatus.Succeeded, Evidence: not null }).Select(step => step.Evidence!)];

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
