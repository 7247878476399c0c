using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>Changes since the last release, or why they cannot be shown.</summary>
/// <param name="Since">The tag compared with; null for a first release.</param>
/// <param name="Text">Unified diff; empty when nothing changed.</param>
/// <param name="Trouble">Why there is no diff, in words; null when there is one.</param>
public sealed record ReleaseDiff(string? Since, string Text, string? Trouble);

/// <summary>Shows what a release changes, from its clone in the data folder. Reads only.</summary>
public sealed class ReleaseDiffs(LedgerStore ledger, ProcessRunner processes, ProjectMirrors mirrors, WorkerOptions options)
{
    // A reader who needs more looks at the whole comparison on the host.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly GitOptions Git = new() { CaptureLimit = 512 * 1024, Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>What an approved commit changes since the last release: exactly that commit, whatever the work tree holds by now.</summary>
    /// <param name="commit">40 hex digits.</param>
    public async Task<ReleaseDiff> OfCommitAsync(ReleaseView release, string commit, CancellationToken cancellationToken)
    {
        if (release.LastVersion is not { } last)
            return new ReleaseDiff(null, "", "This is the first release: there is nothing to compare with.");
        var name = release.Settings.TagFor(last);
        if (!TagName.TryParse(name, out var tag, out _) || !CommitSha.TryParse(commit, out var head))
            return new ReleaseDiff(name, "", $"{name} and {commit} cannot be compared.");
        // The clone of this release has the commit before anybody else; where another machine made it, the mirror follows the remote.
        var folder = Path.Combine(options.Workspaces, release.Id.ToString("N"), "repository");
        if (Directory.Exists(folder))
        {
            var own = await new GitSession(processes, Git, OutputSinks.None).Open(folder).DiffAsync(tag, head, [], cancellationToken);
            if (own.IsOk)
                return new ReleaseDiff(name, own.Value, null);
        }
        var project = new Project(release.ProjectId, release.Project, release.Repository, release.IsRehearsal, release.Settings);
        var mirror = await mirrors.OpenAsync(project, Fresh, cancellationToken);
        if (!mirror.IsOk)
            return new ReleaseDiff(name, "", mirror.Error.Told);
        var diff = await mirror.Value.Repository.DiffAsync(tag, head, [], cancellationToken);
        return diff.IsOk ? new ReleaseDiff(name, diff.Value, null)
            : new ReleaseDiff(name, "", $"The repository does not have both the tag {name} and the commit {head.Value[..7]}, so they cannot be compared.");
    }

    /// <param name="paths">Files or folders from the top of the repository.</param>
    public async Task<ReleaseDiff> SinceLastAsync(Guid releaseId, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var release = await db.Releases.Where(record => record.Id == releaseId)
            .Join(db.ReleaseSnapshots, record => record.Id, snapshot => snapshot.ReleaseId, (record, snapshot) => new { record.LastVersion, snapshot.Settings })
            .FirstOrDefaultAsync(cancellationToken);
        if (release is null)
            return new ReleaseDiff(null, "", "There is no such release.");
        if (release.LastVersion is not { } last)
            return new ReleaseDiff(null, "", "This is the first release: there is nothing to compare with.");
        var name = release.Settings.TagFor(last);
        var folder = Path.Combine(options.Workspaces, releaseId.ToString("N"), "repository");
        if (!Directory.Exists(folder))
            return new ReleaseDiff(name, "", "The release's copy of the repository is not on this machine (yet).");
        if (!TagName.TryParse(name, out var tag, out var fault))
            return new ReleaseDiff(name, "", $"The tag's name cannot be used: {fault}.");
        // The work tree, not a commit: the new version stands in it before it is committed.
        var diff = await new GitSession(processes, Git, OutputSinks.None).Open(folder).DiffAsync(tag, null, paths, cancellationToken);
        return diff.IsOk ? new ReleaseDiff(name, diff.Value, null) : new ReleaseDiff(name, "", diff.Error.Message);
    }
}
