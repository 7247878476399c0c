using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Workspaces;

/// <summary>The folder of one release on this worker.</summary>
internal sealed class ReleaseWorkspace(StepContext context, GitSession session, RemoteUrl url)
{
    public GitSession Session { get; } = session;

    public RemoteUrl Url { get; } = url;

    /// <summary>The clone, on the development branch.</summary>
    public string Repository { get; } = Path.Combine(context.Workspace, "repository");

    /// <summary>A clean checkout of the exact commit that is tested and built.</summary>
    public string Build { get; } = Path.Combine(context.Workspace, "build");

    /// <summary>The files that will be published, and nothing else.</summary>
    public string Dist => DistOf(context.Workspace);

    /// <summary>Home of the tools that run here: none of them reads the worker's own.</summary>
    public string Home => HomeOf(context.Workspace);

    public static string HomeOf(string workspace) => Path.Combine(workspace, "home");

    public static string DistOf(string workspace) => Path.Combine(workspace, "dist");

    /// <summary>Where the built file of this name is kept.</summary>
    /// <exception cref="ArgumentException">It is not the plain name of a file.</exception>
    public static string DistFile(string workspace, string name) =>
        name is not ("" or "." or "..") && name == Path.GetFileName(name) && !name.StartsWith('-')
            ? Path.Combine(DistOf(workspace), name)
            : throw new ArgumentException($"'{name}' is not the name of a file.", nameof(name));

    public bool Exists => Directory.Exists(Path.Combine(Repository, ".git"));

    /// <summary>The clone; made when it is missing. Only for steps that need nothing of what earlier steps changed in it.</summary>
    public async Task<Result<GitRepository, StepError>> OpenAsync(CancellationToken cancellationToken)
    {
        return Exists ? OpenThere() : await CloneAsync(_ => Task.FromResult<StepError?>(null), cancellationToken);
    }

    /// <summary>The clone with what earlier steps changed in it. One that is gone is made again from the ledger (decision 6).</summary>
    public async Task<Result<GitRepository, StepError>> OpenWithWorkAsync(CancellationToken cancellationToken)
    {
        if (Exists)
            return OpenThere();
        return WorkspaceRebuild.Of(context) is { } rebuild
            ? await CloneAsync(clone => rebuild.RunAsync(clone, cancellationToken), cancellationToken)
            : WorkspaceRebuild.Impossible("The ledger has no record of the commit that it began with.");
    }

    private GitRepository OpenThere()
    {
        // The engine has ended what an earlier attempt left running, so a lock that is still there belongs to nobody.
        File.Delete(Path.Combine(Repository, ".git", "index.lock"));
        return Session.Open(Repository);
    }

    private async Task<Result<GitRepository, StepError>> CloneAsync(Func<GitRepository, Task<StepError?>> prepare, CancellationToken cancellationToken)
    {
        // Cloned beside and then renamed: a clone that a crash cut off is never taken for a whole one.
        var partial = Repository + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(Home);
        var cloned = await Session.CloneAsync(Url, partial, BranchName.Parse(context.Facts.Project.Settings.DevBranch), cancellationToken);
        if (!cloned.IsOk)
            return GitStepErrors.Of(cloned.Error, cancellationToken);
        if (await prepare(cloned.Value) is { } error)
            return error;
        Directory.Move(partial, Repository);
        return Session.Open(Repository);
    }

    /// <summary>What these references hold on the remote, now.</summary>
    public Task<Result<IReadOnlyList<GitRemoteRef>, GitError>> RemoteRefsAsync(IReadOnlyList<RefName> names, CancellationToken cancellationToken) =>
        Session.ListRemoteAsync(Url, names, cancellationToken);

    /// <summary>Makes <see cref="Build"/> anew: exactly this commit, its submodules at their pins, nothing else.</summary>
    public async Task<Result<GitRepository, StepError>> CheckoutAsync(CommitSha commit, CancellationToken cancellationToken)
    {
        var opened = await OpenWithWorkAsync(cancellationToken);
        if (!opened.IsOk)
            return opened;
        var removed = await opened.Value.RemoveWorktreeAsync(Build, cancellationToken);
        if (!removed.IsOk && Directory.Exists(Build))
            Directory.Delete(Build, recursive: true);
        var added = await opened.Value.AddWorktreeAsync(Build, commit, cancellationToken);
        return added.IsOk ? added.Value : GitStepErrors.Of(added.Error, cancellationToken);
    }
}
