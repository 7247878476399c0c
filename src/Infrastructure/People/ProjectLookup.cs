using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>Says in which project something is, for the question who may see it.</summary>
public sealed class ProjectLookup(LedgerStore ledger)
{
    public async Task<Guid?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Projects.Where(project => project.Name == name).Select(project => (Guid?)project.Id).FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<Guid?> OfReleaseAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Releases.Where(release => release.Id == releaseId).Select(release => (Guid?)release.ProjectId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Where a step is: its release's project and version, and its key when the release has such a step; null when there is no such release.</summary>
    public async Task<(Guid Project, string Version, string? Key)?> OfStepAsync(Guid releaseId, string key, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var found = await db.Releases.Where(release => release.Id == releaseId).Select(release => new { release.ProjectId, release.Version }).FirstOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : (found.ProjectId, found.Version, await db.Steps.Where(step => step.ReleaseId == releaseId && step.Key == key).Select(step => step.Key).FirstOrDefaultAsync(cancellationToken));
    }

    /// <summary>Names by id, of those that exist.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Projects.Where(project => ids.Contains(project.Id)).ToDictionaryAsync(project => project.Id, project => project.Name, cancellationToken);
    }
}
