using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Preparation.Mirrors;

/// <summary>Makes checkouts of one commit for plans to read. Submodules stay empty: plans read their pins, not their files.</summary>
public sealed class MirrorCheckouts(WorkerOptions worker, TimeProvider time)
{
    // A process that died leaves its checkout behind; no plan takes this long.
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    public async Task<Result<MirrorCheckout, StepError>> OpenAsync(ProjectMirror mirror, CommitSha commit, CancellationToken cancellationToken)
    {
        var root = Directory.CreateDirectory(Path.Combine(worker.DataFolder, "checkouts"));
        RemoveForgotten(root);
        var path = Path.Combine(root.FullName, Guid.CreateVersion7(time.GetUtcNow()).ToString("N"));
        var added = await mirror.Repository.RunAsync(new GitCommand("worktree", "add", "--detach", "--", path, commit.Value), cancellationToken);
        if (added.IsOk)
            return new MirrorCheckout(mirror.Repository, path);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        return RemoteErrors.Of(added.Error, cancellationToken);
    }

    private void RemoveForgotten(DirectoryInfo root)
    {
        foreach (var folder in root.EnumerateDirectories().Where(folder => time.GetUtcNow().UtcDateTime - folder.CreationTimeUtc > Forgotten))
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another process was first.
            }
        }
    }
}

/// <summary>A folder with the files of one commit. Disposing removes it.</summary>
public sealed class MirrorCheckout(GitRepository mirror, string path) : IAsyncDisposable
{
    public string Path { get; } = path;

    // Runs to its end also when nobody waits any more: a folder that stays is worse.
    public async ValueTask DisposeAsync() => await mirror.RemoveWorktreeAsync(Path, CancellationToken.None);
}
