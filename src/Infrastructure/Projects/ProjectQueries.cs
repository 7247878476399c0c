using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Projects;

/// <summary>Reads projects.</summary>
public sealed class ProjectQueries(LedgerStore ledger)
{
    /// <summary>All projects by name, each with its last release.</summary>
    public async Task<IReadOnlyList<ProjectSummary>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var projects = await db.Projects.OrderBy(project => project.Name).ToListAsync(cancellationToken);
        var last = await db.Releases.GroupBy(release => release.ProjectId)
            .Select(own => own.OrderByDescending(release => release.Id).First())
            .ToDictionaryAsync(release => release.ProjectId, cancellationToken);
        return [.. projects.Select(project => new ProjectSummary(
            project.ToProject(), last.TryGetValue(project.Id, out var release) ? new LastRelease(release.Id, release.Version, release.Status, release.StartedAt, release.FinishedAt) : null))];
    }

    /// <summary>As <see cref="ListAsync(CancellationToken)"/>, of the projects that the person may see.</summary>
    [SignedIn]
    public async Task<IReadOnlyList<ProjectSummary>> ListAsync(Actor viewer, CancellationToken cancellationToken) =>
        [.. (await ListAsync(cancellationToken)).Where(summary => viewer.May(Permission.SeeProject, summary.Project.Id))];

    public async Task<Project?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return (await db.Projects.FirstOrDefaultAsync(project => project.Name == name, cancellationToken))?.ToProject();
    }

    public async Task<Project?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return (await db.Projects.FirstOrDefaultAsync(project => project.Id == id, cancellationToken))?.ToProject();
    }
}

/// <summary>A project in a list.</summary>
public sealed record ProjectSummary(Project Project, LastRelease? LastRelease);

/// <summary>The release of a project that started last.</summary>
public sealed record LastRelease(Guid Id, string Version, ReleaseStatus Status, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt);
