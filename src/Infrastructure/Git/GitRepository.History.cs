using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Git;

/// <summary>Log, differences, ancestry and files of a commit.</summary>
public sealed partial class GitRepository
{
    /// <summary>Commits reachable from one revision and, when given, not from another; newest first, at most <paramref name="limit"/>.</summary>
    public async Task<Result<IReadOnlyList<GitCommit>, GitError>> LogAsync(
        Revision to, Revision? notFrom, int limit, CancellationToken cancellation) =>
        (await ReadAsync(
            cancellation,
            ["log", "-z", GitCommit.Format, $"--max-count={limit}", "--end-of-options", notFrom is null ? to.Value : $"{notFrom}..{to}", "--"]
        )).Map(GitCommit.Parse);

    /// <summary>Files that differ between two commits, or between a commit and the work tree (tracked files) when <paramref name="to"/> is null.</summary>
    public async Task<Result<IReadOnlyList<GitFileChange>, GitError>> ChangesAsync(Revision from, Revision? to, CancellationToken cancellation) =>
        (await ReadAsync(cancellation, [.. DiffStart, "--name-status", "-z", "--end-of-options", from.Value, .. Optional(to), "--"]))
            .Map(GitFileChange.Parse);

    /// <summary>The difference as unified text, as <see cref="ChangesAsync"/>.</summary>
    public Task<Result<string, GitError>> DiffAsync(
        Revision from, Revision? to, IReadOnlyList<string> paths, CancellationToken cancellation) =>
        ReadAsync(
            cancellation,
            ["--literal-pathspecs", .. DiffStart, "--unified=3", "--submodule=short", "--end-of-options", from.Value, .. Optional(to), "--", .. paths]
        );

    /// <summary>The best common ancestor; null when the histories have nothing in common.</summary>
    public async Task<Result<CommitSha?, GitError>> MergeBaseAsync(Revision one, Revision other, CancellationToken cancellation)
    {
        var command = new GitCommand("merge-base", "--end-of-options", one.Value, other.Value) { Quiet = true, AlsoOk = [1] };
        return (await RunAsync(command, cancellation)).Map(answer => answer.ExitCode == 0 ? CommitSha.Parse(answer.Output.Trim()) : null);
    }

    public async Task<Result<bool, GitError>> IsAncestorAsync(Revision ancestor, Revision descendant, CancellationToken cancellation)
    {
        var command = new GitCommand("merge-base", "--is-ancestor", "--end-of-options", ancestor.Value, descendant.Value) { Quiet = true, AlsoOk = [1] };
        return (await RunAsync(command, cancellation)).Map(answer => answer.ExitCode == 0);
    }

    public async Task<Result<GitDivergence, GitError>> DivergenceAsync(Revision left, Revision right, CancellationToken cancellation) =>
        (await ReadAsync(cancellation, "rev-list", "--left-right", "--count", "--end-of-options", $"{left}...{right}", "--"))
            .Map(text => text.Split('\t', StringSplitOptions.TrimEntries))
            .Map(counts => new GitDivergence(int.Parse(counts[0]), int.Parse(counts[1])));

    /// <summary>A commit by the nearest tag before it, <c>TAG-COMMITS-gSHA</c>; null when no such tag leads to it.</summary>
    /// <param name="tags">Pattern of the tags' names, with <c>*</c>.</param>
    public async Task<Result<string?, GitError>> DescribeAsync(CommitSha at, string tags, CancellationToken cancellation)
    {
        // 128 is also the code of faults, but the commit is one that was just read here.
        var command = new GitCommand("describe", "--tags", "--long", $"--match={tags}", "--end-of-options", at.Value) { Quiet = true, AlsoOk = [128] };
        return (await RunAsync(command, cancellation)).Map(answer => answer.ExitCode == 0 ? answer.Output.Trim() : null);
    }

    /// <summary>How many commits lead to one, itself included.</summary>
    public async Task<Result<int, GitError>> CountAsync(CommitSha to, CancellationToken cancellation) =>
        (await ReadAsync(cancellation, "rev-list", "--count", "--end-of-options", to.Value, "--")).Map(text => int.Parse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A text file as it is in a commit; null when the commit has no such file.</summary>
    /// <param name="path">From the top of the repository, with slashes.</param>
    public async Task<Result<string?, GitError>> ReadFileAsync(Revision at, string path, CancellationToken cancellation)
    {
        var listed = await ReadAsync(cancellation, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", "--end-of-options", at.Value, "--", path);
        if (!listed.IsOk) return listed.Error;
        if (!listed.Value.Contains(" blob ", StringComparison.Ordinal)) return (string?)null;
        var blob = listed.Value.Split(' ', '\t')[2];
        return (await ReadAsync(cancellation, "cat-file", "blob", blob)).Map<string?>(text => text);
    }

    // Neither external diff programs nor text converters run.
    private static readonly string[] DiffStart = ["diff", "--no-ext-diff", "--no-textconv", "--no-color"];

    private static IEnumerable<string> Optional(Revision? revision) => revision is null ? [] : [revision.Value];
}
