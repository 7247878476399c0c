using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>Submodules.</summary>
public sealed partial class GitRepository
{
    /// <summary>The submodules that a commit pins.</summary>
    public async Task<Result<IReadOnlyList<GitSubmodule>, GitError>> SubmodulesAsync(Revision at, CancellationToken cancellation)
    {
        var tree = await ReadAsync(cancellation, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", at.Value);
        if (!tree.IsOk) return tree.Error;
        var entries = tree.Value.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split(' ', '\t')).ToArray();
        if (!entries.Any(entry => entry is ["100644" or "100755", _, _, ".gitmodules"])) return Array.Empty<GitSubmodule>();
        var pins = tree.Value.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(entry => entry.StartsWith("160000 commit ", StringComparison.Ordinal))
            .Select(entry => entry["160000 commit ".Length..].Split('\t', 2))
            .ToDictionary(parts => parts[1], parts => CommitSha.Parse(parts[0]), StringComparer.Ordinal);
        var config = await ReadAsync(cancellation, "config", $"--blob={at}:.gitmodules", "--list", "-z");
        if (!config.IsOk) return config.Error;
        var remote = await RemoteAsync(cancellation);
        return remote.Then(outer => GitModulesFile.Read(config.Value, pins, outer, _session.Options.AllowFile));
    }

    /// <summary>A handle on a submodule's own repository inside this work tree.</summary>
    public GitRepository Submodule(GitSubmodule submodule) => new(_session, System.IO.Path.Combine(Path, submodule.Path));

    /// <summary>Clones a submodule where needed and checks the pinned commit out.</summary>
    public async Task<Result<GitRepository, GitError>> UpdateSubmoduleAsync(GitSubmodule submodule, CancellationToken cancellation)
    {
        var updated = await WriteAsync(
            cancellation, "--literal-pathspecs", "submodule", "update", "--init", "--checkout", "--force", "--", submodule.Path);
        return updated.Map(_ => Submodule(submodule));
    }

    /// <summary>Checks another commit of a submodule out; the outer repository then shows it as changed.</summary>
    public async Task<Result<GitRepository, GitError>> MoveSubmoduleAsync(GitSubmodule submodule, CommitSha to, CancellationToken cancellation)
    {
        var inner = Submodule(submodule);
        var fetched = await inner.FetchAsync(cancellation);
        if (!fetched.IsOk) return fetched.Error;
        var moved = await inner.CheckoutDetachedAsync(to, cancellation);
        return moved.Map(_ => inner);
    }

    /// <summary>Where a branch of the submodule's remote stands now.</summary>
    public async Task<Result<CommitSha, GitError>> SubmoduleRemoteHeadAsync(GitSubmodule submodule, BranchName branch, CancellationToken cancellation)
    {
        var refs = await _session.ListRemoteAsync(submodule.Url, [branch.Ref], cancellation);
        return refs.Then<CommitSha>(found =>
            found.FirstOrDefault(entry => entry.Name == branch.Ref) is { } head
                ? head.Commit
                : new GitError(GitFailure.RefNotFound, $"git ls-remote {submodule.Url} {branch.Ref}", 0, [$"There is no branch {branch} there."]));
    }

    /// <summary>All submodules at their pinned commits, with theirs in turn.</summary>
    public async Task<Result<IReadOnlyList<GitSubmodule>, GitError>> UpdateSubmodulesAsync(CancellationToken cancellation, int depth = 8)
    {
        var submodules = await SubmodulesAsync(Revision.Head, cancellation);
        if (!submodules.IsOk) return submodules.Error;
        if (depth == 0 && submodules.Value.Count > 0) return GitError.Refused("Submodules are nested too deep.");
        foreach (var submodule in submodules.Value)
        {
            var updated = await UpdateSubmoduleAsync(submodule, cancellation);
            if (!updated.IsOk) return updated.Error;
            var inner = await updated.Value.UpdateSubmodulesAsync(cancellation, depth - 1);
            if (!inner.IsOk) return inner.Error;
        }

        return submodules;
    }
}
