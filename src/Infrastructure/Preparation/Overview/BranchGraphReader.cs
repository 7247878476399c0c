using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Reads the last releases and what came since as a graph of two branches.</summary>
/// <param name="tags">All version tags.</param>
internal sealed class BranchGraphReader(GitRepository repository, BranchName main, BranchName dev, IReadOnlyList<MirrorTag> tags)
{
    private const int Releases = 4;
    private const int NodesShown = 30;
    private const int NodesRead = 1000;

    private readonly Dictionary<string, string> tagOf = tags.GroupBy(tag => tag.Commit.Value).ToDictionary(own => own.Key, own => own.First().Name);

    /// <param name="shared">Version tags that both branches hold, the highest first.</param>
    public async Task<Result<BranchGraph, GitError>> ReadAsync(IReadOnlyList<MirrorTag> shared, string? planned, CancellationToken cancellationToken)
    {
        var fork = await repository.MergeBaseAsync(main, dev, cancellationToken);
        if (!fork.IsOk)
            return fork.Error;
        if (fork.Value is null)
            return new GitError(GitFailure.Other, "git merge-base", 1, [$"{main} and {dev} have no commit in common."]);
        var stops = await StopsAsync(shared, fork.Value, cancellationToken);
        if (!stops.IsOk)
            return stops.Error;
        var spans = new List<GraphSpan>();
        for (var i = 0; i < stops.Value.Count; i++)
        {
            var from = stops.Value[i];
            var span = i + 1 < stops.Value.Count
                ? await ReleasedAsync(from, stops.Value[i + 1], cancellationToken)
                : await OpenAsync(from, cancellationToken);
            if (!span.IsOk)
                return span.Error;
            spans.Add(span.Value);
        }
        var last = spans[^1];
        return new BranchGraph(
            main.Value, dev.Value, spans, Head(last.MainOnly, last.Shared), Head(last.DevOnly, last.Shared), planned);
    }

    // Versions may be tagged out of order (a repair of an old line): only tags that follow each other make spans.
    private async Task<Result<IReadOnlyList<CommitSha>, GitError>> StopsAsync(IReadOnlyList<MirrorTag> shared, CommitSha fork, CancellationToken cancellationToken)
    {
        var stops = new List<CommitSha> { fork };
        foreach (var tag in shared)
        {
            if (stops.Count > Releases)
                break;
            if (tag.Commit == stops[0])
                continue;
            var earlier = await repository.IsAncestorAsync(tag.Commit, stops[0], cancellationToken);
            if (!earlier.IsOk)
                return earlier.Error;
            if (earlier.Value)
                stops.Insert(0, tag.Commit);
        }
        return stops;
    }

    private async Task<Result<GraphSpan, GitError>> ReleasedAsync(CommitSha from, CommitSha to, CancellationToken cancellationToken)
    {
        var between = await repository.LogAsync(to, from, NodesRead, cancellationToken);
        if (!between.IsOk)
            return between.Error;
        var bySha = between.Value.ToDictionary(commit => commit.Sha.Value);
        // The release merged dev into main: its first parents are main's own. Without a merge all the work was dev's.
        var own = new HashSet<string>(StringComparer.Ordinal);
        if (bySha.GetValueOrDefault(to.Value) is { Parents.Count: > 1 })
        {
            for (var at = to.Value; bySha.TryGetValue(at, out var commit); at = commit.Parents[0].Value)
                own.Add(at);
        }
        own.Remove(to.Value);
        var rest = between.Value.Where(commit => commit.Sha != to && !own.Contains(commit.Sha.Value)).ToList();
        return await SpanAsync(from, [.. between.Value.Where(commit => own.Contains(commit.Sha.Value))], rest, cancellationToken);
    }

    private async Task<Result<GraphSpan, GitError>> OpenAsync(CommitSha from, CancellationToken cancellationToken)
    {
        var mainOnly = await repository.LogAsync(main, dev, NodesRead, cancellationToken);
        if (!mainOnly.IsOk)
            return mainOnly.Error;
        var devOnly = await repository.LogAsync(dev, main, NodesRead, cancellationToken);
        return devOnly.IsOk ? await SpanAsync(from, mainOnly.Value, devOnly.Value, cancellationToken) : devOnly.Error;
    }

    private async Task<Result<GraphSpan, GitError>> SpanAsync(
        CommitSha from, IReadOnlyList<GitCommit> mainOnly, IReadOnlyList<GitCommit> devOnly, CancellationToken cancellationToken) =>
        (await repository.LogAsync(from, null, 1, cancellationToken)).Map(shared => new GraphSpan(
            Node(shared[0]), Nodes(mainOnly), Nodes(devOnly), mainOnly.Count, devOnly.Count));

    private static GraphNode Head(IReadOnlyList<GraphNode> own, GraphNode shared) => own.Count == 0 ? shared : own[^1];

    private GraphNode[] Nodes(IReadOnlyList<GitCommit> newestFirst) => [.. newestFirst.Take(NodesShown).Reverse().Select(Node)];

    private GraphNode Node(GitCommit commit) => new(commit.Sha.Value, commit.Subject, tagOf.GetValueOrDefault(commit.Sha.Value));
}
