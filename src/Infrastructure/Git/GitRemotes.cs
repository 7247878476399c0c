using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>What can be done with an address before there is a repository on disk.</summary>
public static class GitRemotes
{
    /// <summary>Clones into a folder that must not exist or be empty; nothing of the submodules yet.</summary>
    /// <param name="branch">The branch to check out; the remote's default when null.</param>
    public static async Task<Result<GitRepository, GitError>> CloneAsync(
        this GitSession session, RemoteUrl url, string path, BranchName? branch, CancellationToken cancellation, bool bare = false)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(full);
        List<string> arguments = ["clone", "--no-recurse-submodules"];
        if (bare) arguments.Add("--bare");
        if (branch is not null) arguments.AddRange(["--branch", branch.Value]);
        arguments.AddRange(["--", url.Value, full]);
        var answer = await session.RunAsync(full, new GitCommand(arguments), cancellation);
        return answer.Map(_ => session.Open(full));
    }

    /// <summary>Makes an empty repository.</summary>
    public static async Task<Result<GitRepository, GitError>> InitAsync(
        this GitSession session, string path, BranchName branch, CancellationToken cancellation, bool bare = false)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(full);
        var arguments = new List<string> { "init", $"--initial-branch={branch}" };
        if (bare) arguments.Add("--bare");
        return (await session.RunAsync(full, new GitCommand([.. arguments, "--", full]), cancellation)).Map(_ => session.Open(full));
    }

    /// <summary>The references of a remote, annotated tags with the commit they point to.</summary>
    /// <param name="patterns">Only these; all when none is given.</param>
    public static async Task<Result<IReadOnlyList<GitRemoteRef>, GitError>> ListRemoteAsync(
        this GitSession session, RemoteUrl url, IReadOnlyList<RefName> patterns, CancellationToken cancellation)
    {
        // Patterns match the peeled lines of tags only when asked for by name.
        var names = patterns.SelectMany(name => name.Tag is null ? [name.Value] : new[] { name.Value, $"{name}^{{}}" });
        var command = new GitCommand(["ls-remote", "--", url.Value, .. names]) { Quiet = true };
        return (await session.RunAsync(Path.GetTempPath(), command, cancellation)).Map(answer => GitRemoteRef.Parse(answer.Output));
    }
}
