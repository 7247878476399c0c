using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <summary>A review in GitHub's words.</summary>
internal static class ReviewAnswer
{
    public static Dictionary<string, object?> Of(GitHubUrls urls, SandboxRepository repository, PullRequest pull, Review review)
    {
        var html = $"{urls.Html(repository)}/pull/{pull.Number}#pullrequestreview-{review.Id}";
        var api = $"{urls.Repo(repository)}/pulls/{pull.Number}";
        var answer = new Dictionary<string, object?>
        {
            ["id"] = review.Id,
            ["node_id"] = GitHubUrls.Node("PullRequestReview", review.Id),
            ["user"] = UserAnswer.Of(urls, review.Author),
            ["body"] = review.Body,
            ["state"] = review.State,
            ["html_url"] = html,
            ["pull_request_url"] = api,
            ["_links"] = new { html = new { href = html }, pull_request = new { href = api } },
            ["commit_id"] = review.Commit,
            ["author_association"] = "MEMBER",
        };
        if (review.SubmittedAt is { } submitted)
            answer["submitted_at"] = submitted; // absent, not null, while pending
        return answer;
    }
}
