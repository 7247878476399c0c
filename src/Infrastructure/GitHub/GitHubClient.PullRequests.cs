using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>Pull requests and reviews.</summary>
public sealed partial class GitHubClient
{
    public Task<Result<GitHubPullRequest, GitHubError>> CreatePullRequestAsync(
        RepositoryName name, NewPullRequest request, CancellationToken cancellation) =>
        SendAsync<GitHubPullRequest>(HttpMethod.Post, $"{name.Path}/pulls", request, cancellation);

    /// <summary>Pull requests from one branch into another, open and closed, newest first.</summary>
    public Task<Result<IReadOnlyList<GitHubPullRequest>, GitHubError>> FindPullRequestsAsync(
        RepositoryName name, BranchName head, BranchName into, CancellationToken cancellation) =>
        ListAsync<GitHubPullRequest>(
            $"{name.Path}/pulls?state=all&head={Escape($"{name.Owner}:{head}")}&base={Escape(into.Value)}", cancellation);

    public Task<Result<GitHubPullRequest, GitHubError>> PullRequestAsync(RepositoryName name, int number, CancellationToken cancellation) =>
        GetAsync<GitHubPullRequest>($"{name.Path}/pulls/{number}", cancellation);

    public Task<Result<GitHubPullRequest, GitHubError>> UpdatePullRequestAsync(
        RepositoryName name, int number, PullRequestChange change, CancellationToken cancellation) =>
        SendAsync<GitHubPullRequest>(HttpMethod.Patch, $"{name.Path}/pulls/{number}", change, cancellation);

    /// <summary>Merges if the head is still the expected commit: 409 when it moved, 405 when it cannot be merged.</summary>
    public Task<Result<GitHubMerge, GitHubError>> MergePullRequestAsync(
        RepositoryName name, int number, CommitSha expectedHead, GitHubMergeMethod method, string? title, string? message, CancellationToken cancellation) =>
        SendAsync<GitHubMerge>(
            HttpMethod.Put,
            $"{name.Path}/pulls/{number}/merge",
            new
            {
                sha = expectedHead.Value,
                merge_method = method switch
                {
                    GitHubMergeMethod.Squash => "squash",
                    GitHubMergeMethod.Rebase => "rebase",
                    _ => "merge",
                },
                commit_title = title,
                commit_message = message,
            },
            cancellation
        );

    /// <summary>In the order they were given.</summary>
    public Task<Result<IReadOnlyList<GitHubReview>, GitHubError>> ReviewsAsync(RepositoryName name, int number, CancellationToken cancellation) =>
        ListAsync<GitHubReview>($"{name.Path}/pulls/{number}/reviews", cancellation);

    public Task<Result<IReadOnlyList<GitHubFile>, GitHubError>> FilesAsync(RepositoryName name, int number, CancellationToken cancellation) =>
        ListAsync<GitHubFile>($"{name.Path}/pulls/{number}/files", cancellation);
}
