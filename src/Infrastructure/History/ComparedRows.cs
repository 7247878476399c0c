using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>All that a comparison takes from the ledger about one release.</summary>
internal sealed record ComparedRows(ComparedRelease Release, Project Project, IReadOnlyList<Evidence> Proven)
{
    /// <summary>The images it published, or those it was about to.</summary>
    public ImageInventory? Images =>
        ImageInventory.TryParse(Proven.Reverse().SelectMany(own => own.Items).FirstOrDefault(item => item is { Kind: EvidenceKind.Images, Value.Length: > 2 })?.Value, out var found) ? found : null;

    /// <summary>A built file and its SHA-256; null when none was built.</summary>
    public (string File, string Sha256)? Package(bool wheel)
    {
        var (name, hash) = wheel ? ("wheel", "wheel_sha256") : ("file", "sha256");
        return Proven.Where(own => own[hash] is { Length: 64 } && own[name] is { Length: > 0 }).Select(own => ((string, string)?)(own[name]!, own[hash]!)).FirstOrDefault();
    }

    public static async Task<ComparedRows?> ReadAsync(LedgerContext db, Guid id, TimeProvider time, CancellationToken cancellationToken)
    {
        var release = await db.Releases.Include(record => record.Project).FirstOrDefaultAsync(record => record.Id == id, cancellationToken);
        if (release is null)
            return null;
        var steps = await db.Steps.Where(step => step.ReleaseId == id).OrderBy(step => step.Ordinal).ToListAsync(cancellationToken);
        var attempts = await db.Attempts.Where(attempt => attempt.ReleaseId == id).ToListAsync(cancellationToken);
        var snapshot = await db.ReleaseSnapshots.FirstOrDefaultAsync(own => own.ReleaseId == id, cancellationToken);
        var stepIds = steps.Select(step => step.Id).ToList();
        var approved = await db.Decisions.Where(decision => decision.ReleaseId == id && decision.Verdict == Verdict.Approved).OrderBy(decision => decision.At).Select(decision => decision.By).ToListAsync(cancellationToken);
        var ticked = await db.Ticks.Where(tick => stepIds.Contains(tick.StepId)).OrderBy(tick => tick.At).Select(tick => tick.By).ToListAsync(cancellationToken);
        var outline = PlaybookOutline.Read(snapshot?.PlaybookText ?? "");
        var project = release.Project!.ToProject();
        return new ComparedRows(
            new ComparedRelease(
                id, release.Version, release.Status, release.IsRehearsal, release.PlaybookName, release.StartedAt, release.FinishedAt, Commit(release, steps, outline),
                release.StartedBy, release.Owner, [.. approved.Distinct(StringComparer.Ordinal)], [.. ticked.Distinct(StringComparer.Ordinal)],
                ReleaseTimes.Of(release.StartedAt, release.FinishedAt ?? time.GetUtcNow(), StepTimes.Of(outline, steps, attempts))),
            snapshot is null ? project : project with { Settings = snapshot.Settings },
            [.. steps.Where(step => step is { Status: StepStatus.Succeeded, Evidence: not null }).Select(step => step.Evidence!)]);
    }

    private static string Commit(ReleaseRecord release, List<StepRecord> steps, IReadOnlyList<OutlineStep> outline)
    {
        foreach (var kind in new[] { "git.tag", "github.merge", "git.commit" })
        {
            var keys = outline.Where(step => step.Kind == kind).Select(step => step.Id).ToHashSet();
            if (steps.LastOrDefault(step => step.Status == StepStatus.Succeeded && keys.Contains(step.Key) && step.Evidence?["commit"] is not null) is { } step)
                return step.Evidence!["commit"]!;
        }
        return release.BaseCommit;
    }
}
