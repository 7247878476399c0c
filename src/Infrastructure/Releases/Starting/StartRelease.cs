using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Releases.Starting;

/// <summary>What a person asks for when starting a release.</summary>
/// <param name="PlanDigest">Digest of the plan that was shown; empty when none was (API).</param>
/// <param name="BaseCommit">Head of the development branch that the plan was made on: 40 hex digits.</param>
/// <param name="LastVersion">The version released before, by the tags, or null for the first.</param>
public sealed record StartRequest(Guid ProjectId, string Version, string Playbook, string BaseCommit, string? LastVersion, string PlanDigest);

/// <summary>Starts a release: writes it and its steps, and wakes a worker. Nothing outside is touched here.</summary>
public sealed class StartRelease(LedgerStore ledger, PlaybookLibrary playbooks, ReleaseSnapshots snapshots, TimeProvider time)
{
    /// <returns>The id of the release, or why it was not started.</returns>
    [Needs(Permission.StartRelease)]
    public async Task<(Guid? ReleaseId, ActionResult Result)> RunAsync(Actor actor, StartRequest request, CancellationToken cancellationToken)
    {
        if (Access.WhyNot(actor, Permission.StartRelease, request.ProjectId) is { } refused)
            return (null, refused);
        if (!ReleaseTitle.TryParse(request.Version, out var title, out var reason))
            return Refused(Refusal.Invalid, $"'{request.Version}' cannot be released: {reason}.");
        var reading = await playbooks.ReadAsync(request.Playbook, cancellationToken);
        if (reading.Reading.Playbook is not { } playbook)
            return Refused(Refusal.Invalid, $"Playbook {request.Playbook} cannot be used: {reading.Reading.Faults[0]}");
        var version = title.ToPythonVersion();
        return await ledger.WriteAsync<(Guid?, ActionResult)>(
            async write =>
            {
                if (await write.Db.Projects.FirstOrDefaultAsync(record => record.Id == request.ProjectId, write.CancellationToken) is not { } project)
                    return write.Refuse(Refused(Refusal.NotFound, "There is no such project."));
                var key = $"{project.Id:N}/{playbook.Name}/{version}";
                var other = await write.Db.Releases.Where(release => release.ActiveKey == key).Select(release => release.StartedBy).FirstOrDefaultAsync(write.CancellationToken);
                if (other is not null)
                    return write.Refuse(Refused(Refusal.Conflict, $"Release {version} of {project.Name} is under way already, started by {other}."));
                var release = Release(actor, request, write, project, playbook, version.ToString(), key);
                var stored = new ReleaseSnapshotRecord { ReleaseId = release.Id, PlaybookText = reading.Text, Settings = project.Settings };
                write.Db.Releases.Add(release);
                write.Db.ReleaseSnapshots.Add(stored);
                AddSteps(write, release, snapshots.Keep(release, project, stored));
                write.Audit(actor, "release.start", release, release.Version, after: new { Playbook = $"{playbook.Name} r{playbook.Revision}", request.BaseCommit, request.PlanDigest });
                write.Notify(new Change.Release(release.Id));
                write.Wake(release.Id);
                return (release.Id, ActionResult.Done);
            },
            cancellationToken);
    }

    private ReleaseRecord Release(Actor actor, StartRequest request, LedgerTransaction write, ProjectRecord project, Playbook playbook, string version, string key) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        ProjectId = project.Id,
        Version = version,
        Status = ReleaseStatus.Running,
        IsRehearsal = project.IsSandbox,
        PlaybookName = playbook.Name,
        PlaybookRevision = playbook.Revision,
        PlanDigest = request.PlanDigest,
        BaseCommit = request.BaseCommit,
        LastVersion = request.LastVersion,
        Owner = actor.Name,
        StartedBy = actor.Name,
        StartedAt = write.Now,
        ActiveKey = key,
    };

    private void AddSteps(LedgerTransaction write, ReleaseRecord release, ReleaseSnapshot snapshot)
    {
        var ordinal = 0;
        foreach (var step in snapshot.Playbook.Steps)
        {
            var included = snapshot.IsIncluded(step, new Dictionary<string, Evidence>());
            write.Db.Steps.Add(new StepRecord
            {
                Id = Guid.CreateVersion7(time.GetUtcNow()),
                ReleaseId = release.Id,
                Key = step.Id,
                Ordinal = ordinal++,
                Status = included ? StepStatus.Pending : StepStatus.Skipped,
                Reason = included ? null : $"Not part of this release: {step.When}",
            });
        }
    }

    private static (Guid?, ActionResult) Refused(Refusal refusal, string message) => (null, ActionResult.Refused(refusal, message));
}
