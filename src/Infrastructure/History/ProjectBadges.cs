using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>What a badge or a feed says about a project.</summary>
/// <param name="Last">The last published release, or null.</param>
/// <param name="Newest">The release that started last, under way or over, or null.</param>
public sealed record ProjectState(Project Project, PublishedRelease? Last, ReleaseStatus? Newest);

/// <summary>A published release.</summary>
public sealed record PublishedRelease(Guid Id, string Version, DateTimeOffset FinishedAt);

/// <summary>An entry of a feed.</summary>
public sealed record FeedRelease(Guid Id, string Project, string Version, bool IsPublished, bool IsRehearsal, string StartedBy, string? AbortReason, DateTimeOffset FinishedAt);

/// <summary>Reads what leaves the dashboard in badges and feeds.</summary>
public sealed class ProjectBadges(LedgerStore ledger)
{
    private const int FeedLength = 50;

    /// <summary>Null when there is no such project.</summary>
    public async Task<ProjectState?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        if (await db.Projects.FirstOrDefaultAsync(project => project.Name == name, cancellationToken) is not { } record)
            return null;
        var releases = db.Releases.Where(release => release.ProjectId == record.Id);
        var last = await releases.Where(release => release.Status == ReleaseStatus.Published).OrderByDescending(release => release.StartedAt)
            .Select(release => new PublishedRelease(release.Id, release.Version, release.FinishedAt!.Value)).FirstOrDefaultAsync(cancellationToken);
        var newest = await releases.OrderByDescending(release => release.StartedAt).Select(release => (ReleaseStatus?)release.Status).FirstOrDefaultAsync(cancellationToken);
        return new ProjectState(record.ToProject(), last, newest);
    }

    /// <summary>All projects.</summary>
    public async Task<IReadOnlyList<Project>> ProjectsAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return [.. (await db.Projects.ToListAsync(cancellationToken)).Select(record => record.ToProject())];
    }

    /// <summary>The last releases of these projects that are over, newest first.</summary>
    public async Task<IReadOnlyList<FeedRelease>> FeedAsync(IReadOnlyList<Project> projects, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var names = projects.ToDictionary(project => project.Id, project => project.Name);
        var found = new List<FeedRelease>();
        // One range of an index for each project, so that no project with a long history hides another one.
        foreach (var id in names.Keys)
        {
            found.AddRange((await db.ReleaseFacts.Where(facts => facts.ProjectId == id).OrderByDescending(facts => facts.FinishedAt).Take(FeedLength).ToListAsync(cancellationToken))
                .Select(facts => new FeedRelease(facts.ReleaseId, names[id], facts.Version, facts.IsPublished, facts.IsRehearsal, facts.StartedBy, facts.AbortReason, facts.FinishedAt)));
        }
        return [.. found.OrderByDescending(release => release.FinishedAt).ThenByDescending(release => release.Id).Take(FeedLength)];
    }
}
