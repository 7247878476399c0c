using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Playbooks;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Keeps what was read of releases' playbooks: parsing one for every step would cost more than many steps.</summary>
public sealed class ReleaseSnapshots(StepCatalogue catalogue)
{
    private const int Kept = 512;

    private readonly ConcurrentDictionary<Guid, ReleaseSnapshot> known = new();

    /// <summary>The snapshot of a stored release.</summary>
    /// <exception cref="InvalidOperationException">There is no such release, or its playbook does not fit the step kinds of this version of the product.</exception>
    public async Task<ReleaseSnapshot> OfAsync(LedgerContext db, Guid releaseId, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(releaseId, out var snapshot))
            return snapshot;
        var stored = await db.ReleaseSnapshots.AsNoTracking().FirstOrDefaultAsync(record => record.ReleaseId == releaseId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no release {releaseId}.");
        var release = await db.Releases.AsNoTracking().Include(record => record.Project).FirstAsync(record => record.Id == releaseId, cancellationToken);
        return Keep(release, release.Project!, stored);
    }

    /// <summary>The snapshots of these releases by id, in one query for those not known.</summary>
    /// <param name="releases">With their projects.</param>
    /// <exception cref="InvalidOperationException">A playbook does not fit the step kinds of this version of the product.</exception>
    internal async Task<IReadOnlyDictionary<Guid, ReleaseSnapshot>> OfAsync(LedgerContext db, IReadOnlyList<ReleaseRecord> releases, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, ReleaseSnapshot>();
        foreach (var release in releases)
        {
            if (known.TryGetValue(release.Id, out var snapshot))
                found[release.Id] = snapshot;
        }
        var missing = releases.Where(release => !found.ContainsKey(release.Id)).ToDictionary(release => release.Id);
        if (missing.Count == 0)
            return found;
        var ids = missing.Keys.ToList();
        foreach (var stored in await db.ReleaseSnapshots.AsNoTracking().Where(record => ids.Contains(record.ReleaseId)).ToListAsync(cancellationToken))
            found[stored.ReleaseId] = Keep(missing[stored.ReleaseId], missing[stored.ReleaseId].Project!, stored);
        return found;
    }

    /// <summary>Reads and keeps the snapshot of a release that is being started.</summary>
    internal ReleaseSnapshot Keep(ReleaseRecord release, ProjectRecord project, ReleaseSnapshotRecord stored)
    {
        if (known.Count > Kept)
            known.Clear();
        return known[release.Id] = Read(release, project, stored);
    }

    private ReleaseSnapshot Read(ReleaseRecord release, ProjectRecord record, ReleaseSnapshotRecord stored)
    {
        var reading = YamlPlaybookReader.Read(stored.PlaybookText, catalogue.Playbooks, release.PlaybookName + ".yml");
        if (reading.Playbook is not { } playbook)
            throw new InvalidOperationException($"Release {release.Id} was started with a playbook that this version cannot run: {string.Join("; ", reading.Faults)}");
        if (!PythonVersion.TryParse(release.Version, out var version, out var reason))
            throw new InvalidOperationException($"Release {release.Id} holds version '{release.Version}': {reason}");
        var project = new Project(record.Id, record.Name, record.Repository, record.IsSandbox, stored.Settings);
        return new ReleaseSnapshot(new ReleaseFacts(release.Id, version, release.StartedBy, release.StartedAt, release.BaseCommit, release.LastVersion, project), playbook);
    }
}
