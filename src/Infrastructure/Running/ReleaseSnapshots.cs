using System.Collections.Concurrent;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Playbooks;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>Keeps what was read of releases' playbooks: parsing one for every step would cost more than many steps.</summary>
public sealed class ReleaseSnapshots(StepCatalogue catalogue)
{
    private const int Kept = 256;

    private readonly ConcurrentDictionary<Guid, ReleaseSnapshot> known = new();

    /// <summary>The snapshot of a release whose <see cref="ReleaseRecord.Project"/> is loaded.</summary>
    /// <exception cref="InvalidOperationException">The stored playbook does not fit the step kinds of this version of the product.</exception>
    public ReleaseSnapshot Of(ReleaseRecord release)
    {
        if (known.TryGetValue(release.Id, out var snapshot))
            return snapshot;
        if (known.Count > Kept)
            known.Clear();
        return known[release.Id] = Read(release);
    }

    private ReleaseSnapshot Read(ReleaseRecord release)
    {
        var reading = YamlPlaybookReader.Read(release.PlaybookText, catalogue.Playbooks, release.PlaybookName + ".yml");
        if (reading.Playbook is not { } playbook)
            throw new InvalidOperationException($"Release {release.Id} was started with a playbook that this version cannot run: {string.Join("; ", reading.Faults)}");
        if (!PythonVersion.TryParse(release.Version, out var version, out var reason))
            throw new InvalidOperationException($"Release {release.Id} holds version '{release.Version}': {reason}");
        var record = release.Project ?? throw new InvalidOperationException("The release was read without its project.");
        var project = new Project(record.Id, record.Name, record.Repository, record.IsSandbox, release.Settings);
        return new ReleaseSnapshot(new ReleaseFacts(release.Id, version, release.StartedBy, release.StartedAt, release.BaseCommit, release.LastVersion, project), playbook);
    }
}
