using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>
/// A repository on disk, worked on with the git program. Each method runs one or a few commands, logs them, and returns
/// a value or a <see cref="GitError"/>.
/// </summary>
public sealed partial class GitRepository
{
    private readonly GitSession _session;

    internal GitRepository(GitSession session, string path)
    {
        _session = session;
        Path = path;
    }

    /// <summary>Absolute path of the work tree, or of the bare repository.</summary>
    public string Path { get; }

    /// <summary>The object that a revision names, peeled to its commit.</summary>
    public async Task<Result<CommitSha, GitError>> ResolveAsync(Revision revision, CancellationToken cancellation) =>
        (await ReadAsync(cancellation, "rev-parse", "--verify", "--end-of-options", $"{revision}^{{commit}}"))
            .Map(text => CommitSha.Parse(text.Trim()));

    /// <summary>The branch checked out; null when HEAD is detached.</summary>
    public async Task<Result<BranchName?, GitError>> CurrentBranchAsync(CancellationToken cancellation)
    {
        var answer = await RunAsync(new GitCommand("symbolic-ref", "--quiet", "--short", "HEAD") { Quiet = true, AlsoOk = [1] }, cancellation);
        return answer.Map(found => found.ExitCode == 0 ? BranchName.Parse(found.Output.Trim()) : null);
    }

    /// <summary>The work tree's state against HEAD and the branch's upstream.</summary>
    public async Task<Result<GitStatus, GitError>> StatusAsync(CancellationToken cancellation) =>
        (await ReadAsync(cancellation, "status", "--porcelain=v2", "--branch", "--untracked-files=all", "-z")).Map(GitStatus.Parse);

    /// <summary>Removes untracked files; ignored ones too when asked.</summary>
    public Task<Result<string, GitError>> CleanAsync(bool ignoredToo, CancellationToken cancellation) =>
        WriteAsync(cancellation, "clean", "--force", "-d", ignoredToo ? "-x" : "--quiet");

    /// <summary>Sets a value in this repository's own configuration.</summary>
    internal Task<Result<string, GitError>> ConfigureAsync(string key, string value, CancellationToken cancellation) =>
        WriteAsync(cancellation, "config", "--local", key, value);

    internal Task<Result<GitAnswer, GitError>> RunAsync(GitCommand command, CancellationToken cancellation) =>
        _session.RunAsync(Path, command, cancellation);

    private async Task<Result<string, GitError>> ReadAsync(CancellationToken cancellation, params IReadOnlyList<string> arguments) =>
        (await RunAsync(new GitCommand(arguments) { Quiet = true }, cancellation)).Map(answer => answer.Output);

    private async Task<Result<string, GitError>> WriteAsync(CancellationToken cancellation, params IReadOnlyList<string> arguments) =>
        (await RunAsync(new GitCommand(arguments), cancellation)).Map(answer => answer.Output);
}
