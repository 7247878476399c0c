namespace ReleaseDashboard.Infrastructure.GitHub;

public sealed record GitHubSide(string Ref, string Sha, string? Label = null);

/// <summary>A pull request. <c>Mergeable</c> is null while GitHub is still working it out; lists leave it and <c>Merged</c> out.</summary>
public sealed record GitHubPullRequest(
    int Number, string State, string Title, string HtmlUrl, GitHubSide Head, GitHubSide Base, string? Body = null, bool Draft = false,
    bool Merged = false, DateTimeOffset? MergedAt = null, bool? Mergeable = null, string? MergeableState = null, string? MergeCommitSha = null,
    GitHubUser? User = null, IReadOnlyList<GitHubLabel>? Labels = null);

public sealed record GitHubLabel(string Name);

/// <summary><c>State</c> is <c>APPROVED</c>, <c>CHANGES_REQUESTED</c>, <c>COMMENTED</c>, <c>DISMISSED</c> or <c>PENDING</c>, for one commit.</summary>
public sealed record GitHubReview(
    long Id, string State, GitHubUser? User = null, string? Body = null, string? CommitId = null, DateTimeOffset? SubmittedAt = null, string? HtmlUrl = null);

public sealed record GitHubMerge(string Sha, bool Merged, string Message);

public enum GitHubMergeMethod
{
    Merge,
    Squash,
    Rebase,
}

public sealed record NewPullRequest(string Title, string Head, string Base, string? Body = null, bool? Draft = null);

/// <summary>What to change; null leaves a field as it is.</summary>
public sealed record PullRequestChange(string? Title = null, string? Body = null, string? State = null, string? Base = null);
