using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>Clean checkouts beside the work tree.</summary>
public sealed partial class GitRepository
{
    /// <summary>A new folder with exactly one commit, its submodules at their pins, and nothing else.</summary>
    public async Task<Result<GitRepository, GitError>> AddWorktreeAsync(string path, CommitSha commit, CancellationToken cancellation)
    {
        var full = System.IO.Path.GetFullPath(path);
        var added = await WriteAsync(cancellation, "worktree", "add", "--detach", "--", full, commit.Value);
        if (!added.IsOk) return added.Error;
        var worktree = new GitRepository(_session, full);
        var submodules = await worktree.UpdateSubmodulesAsync(cancellation);
        return submodules.Map(_ => worktree);
    }

    /// <summary>Removes such a folder with all that was built in it; one that is gone already is no error.</summary>
    public async Task<Result<string, GitError>> RemoveWorktreeAsync(string path, CancellationToken cancellation)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(full)) return await WriteAsync(cancellation, "worktree", "prune");
        // Twice: a locked worktree (a crash while it was being made) is removed too.
        return await WriteAsync(cancellation, "worktree", "remove", "--force", "--force", "--", full);
    }
}
