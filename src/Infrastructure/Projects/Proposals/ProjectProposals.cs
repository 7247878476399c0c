using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Projects.Proposals;

/// <summary>
/// Reads a repository that is no project yet and proposes its settings. It has no mirror: there is no project that would own
/// one, so one commit is fetched into a folder that is gone afterwards.
/// </summary>
public sealed class ProjectProposals(ProcessRunner runner, GitOptions options, WorkerOptions worker, TimeProvider time)
{
    // A page waits: a remote that is silent for long counts as unreachable.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Larger files name no settings.</summary>
    private const int LargestFile = 1024 * 1024;

    /// <param name="remotes">Addresses of the repository and its services; everything else in it is only a default.</param>
    /// <param name="token">For a repository that only some may read; null without one. It is used here and kept nowhere.</param>
    /// <param name="cancellationToken">Ends the transfer; nothing stays behind.</param>
    public async Task<Result<ProjectProposal, StepError>> ReadAsync(string repository, ProjectSettings remotes, string? token, CancellationToken cancellationToken)
    {
        if (!RemoteUrl.TryParse(remotes.GitUrl, options.AllowFile, out var url, out var fault))
            return new StepError("bad-git-address", "The git address cannot be used.", fault, "Correct the repository's name.");
        var credential = string.IsNullOrEmpty(token) ? null : new GitCredential(url, token);
        var session = new GitSession(runner, options with { IdleTimeout = Patience, Timeout = Longest }, OutputSinks.None, credential);
        var folder = Path.Combine(worker.DataFolder, "probes", Guid.CreateVersion7(time.GetUtcNow()).ToString("N"));
        try
        {
            var files = await FetchAsync(session, url, folder, cancellationToken);
            return files.IsOk ? ProposalFinder.Propose(repository, remotes, files.Value) : files.Error;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Result<RepositoryFiles, StepError>> FetchAsync(GitSession session, RemoteUrl url, string folder, CancellationToken cancellationToken)
    {
        var refs = await session.ListRemoteAsync(url, [], cancellationToken);
        if (!refs.IsOk)
            return RemoteErrors.Of(refs.Error, cancellationToken);
        List<string> branches = [.. refs.Value.Select(found => found.Name.Branch?.Value).OfType<string>()];
        if ((RepositoryFiles.Dev(branches) ?? RepositoryFiles.Main(branches) ?? branches.FirstOrDefault()) is not { } branch)
            return new StepError("empty-repository", "The repository has no branch yet.", "Nothing was pushed to it.", "Push the project first, then read it again.");
        var made = await session.InitAsync(folder, BranchName.Parse("probe"), cancellationToken);
        if (!made.IsOk)
            return RemoteErrors.Of(made.Error, cancellationToken);
        var repository = made.Value;
        GitCommand[] commands =
        [
            new("config", "--local", $"remote.{GitRepository.Origin}.url", url.Value),
            new("fetch", "--depth=1", "--no-tags", "--no-recurse-submodules", "--", GitRepository.Origin, BranchName.Parse(branch).Ref.Value),
            new("checkout", "--quiet", "--detach", "FETCH_HEAD"),
        ];
        foreach (var command in commands)
        {
            var done = await repository.RunAsync(command, cancellationToken);
            if (!done.IsOk)
                return RemoteErrors.Of(done.Error, cancellationToken);
        }
        var head = await repository.ResolveAsync(Revision.Head, cancellationToken);
        var tree = await repository.RunAsync(new GitCommand("ls-tree", "-r", "-z", "--full-tree", "HEAD") { Quiet = true }, cancellationToken);
        var submodules = await repository.SubmodulesAsync(Revision.Head, cancellationToken);
        if ((head.Error ?? tree.Error ?? submodules.Error) is { } error)
            return RemoteErrors.Of(error, cancellationToken);
        return new RepositoryFiles(branches, branch, head.Value, [.. Paths(tree.Value.Output)], path => Text(repository.Path, path), submodules.Value);
    }

    // Git wrote every folder on the way to an ordinary file itself, so none of them is a link.
    private static IEnumerable<string> Paths(string tree) => tree.Split('\0', StringSplitOptions.RemoveEmptyEntries)
        .Where(entry => entry.StartsWith("100644 ", StringComparison.Ordinal) || entry.StartsWith("100755 ", StringComparison.Ordinal))
        .Select(entry => entry[(entry.IndexOf('\t', StringComparison.Ordinal) + 1)..]);

    private static string Text(string folder, string path)
    {
        var file = new FileInfo(Path.Combine(folder, path));
        return file.Exists && file.Length <= LargestFile ? File.ReadAllText(file.FullName) : "";
    }
}
