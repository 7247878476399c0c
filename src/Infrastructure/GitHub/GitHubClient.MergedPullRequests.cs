using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Merged pull requests, for changelogs.</summary>
public sealed partial class GitHubClient
{
    /// <summary>Merged pull requests, the last made first, of at most <paramref name="pages"/> pages of one hundred closed ones.</summary>
    public async Task<Result<IReadOnlyList<GitHubPullRequest>, GitHubError>> MergedPullRequestsAsync(RepositoryName name, int pages, CancellationToken cancellation)
    {
        var merged = new List<GitHubPullRequest>();
        var next = _transport.Address($"{name.Path}/pulls?state=closed&sort=created&direction=desc&per_page={PageSize}");
        for (var page = 0; page < pages; page++)
        {
            var answer = await _transport.ReadAsync(next, cancellation);
            if (!answer.IsOk) return answer.Error;
            var parsed = GitHubTransport.Parse<List<GitHubPullRequest>>(answer.Value);
            if (!parsed.IsOk) return parsed.Error;
            merged.AddRange(parsed.Value.Where(pull => pull.MergedAt is not null));
            if (answer.Value.Next is not { } following) break;
            if (!_transport.IsTrusted(following)) return GitHubError.Of(GitHubFailure.Malformed, $"The next page is on another host: {following.Authority}.");
            next = following;
        }

        return merged;
    }
}
