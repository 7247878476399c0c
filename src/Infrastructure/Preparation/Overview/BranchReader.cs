using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Reads where main and dev stand.</summary>
internal sealed class BranchReader(GitRepository repository, ProjectSettings settings)
{
    public BranchName Main { get; } = BranchName.Parse(settings.MainBranch);

    public BranchName Dev { get; } = BranchName.Parse(settings.DevBranch);

    public async Task<Result<BranchState, GitError>> ReadAsync(CancellationToken cancellationToken)
    {
        var main = await HeadAsync(Main, cancellationToken);
        if (!main.IsOk)
            return main.Error;
        var dev = await HeadAsync(Dev, cancellationToken);
        if (!dev.IsOk)
            return dev.Error;
        var divergence = await repository.DivergenceAsync(Main, Dev, cancellationToken);
        if (!divergence.IsOk)
            return divergence.Error;
        var devOnly = await LogAsync(Dev, Main, BranchState.Limit, cancellationToken);
        if (!devOnly.IsOk)
            return devOnly.Error;
        var mainOnly = await LogAsync(Main, Dev, BranchState.Limit, cancellationToken);
        // Left is main: what only the right has is how far dev is ahead.
        return mainOnly.Map(commits => new BranchState(main.Value, dev.Value, divergence.Value.Behind, divergence.Value.Ahead, devOnly.Value, commits));
    }

    /// <summary>Commits with their kinds, newest first.</summary>
    public async Task<Result<IReadOnlyList<OverviewCommit>, GitError>> LogAsync(Revision to, Revision? notFrom, int limit, CancellationToken cancellationToken)
    {
        var log = await repository.LogAsync(to, notFrom, limit, cancellationToken);
        if (!log.IsOk)
            return log.Error;
        var breaking = await BreakingAsync(to, notFrom, cancellationToken);
        return breaking.Map<IReadOnlyList<OverviewCommit>>(footers => [.. log.Value.Select(commit => Of(commit, footers))]);
    }

    private async Task<Result<HashSet<string>, GitError>> BreakingAsync(Revision to, Revision? notFrom, CancellationToken cancellationToken)
    {
        var command = new GitCommand(
            "log", "--format=%H", "--extended-regexp", "--grep=^BREAKING[ -]CHANGE: ", "--end-of-options", notFrom is null ? to.Value : $"{notFrom}..{to}", "--") { Quiet = true };
        return (await repository.RunAsync(command, cancellationToken)).Map(answer => answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet());
    }

    private static OverviewCommit Of(GitCommit commit, HashSet<string> breaking)
    {
        var (kind, marked) = ChangeKinds.Of(commit.Subject);
        return new OverviewCommit(
            commit.Sha.Value, commit.AuthorName, commit.AuthorDate, commit.Subject, kind, marked || breaking.Contains(commit.Sha.Value), commit.Parents.Count > 1);
    }

    private async Task<Result<BranchHead, GitError>> HeadAsync(BranchName branch, CancellationToken cancellationToken) =>
        (await repository.LogAsync(branch, null, 1, cancellationToken))
            .Map(log => new BranchHead(branch.Value, log[0].Sha.Value, log[0].CommitDate, log[0].Subject));
}
