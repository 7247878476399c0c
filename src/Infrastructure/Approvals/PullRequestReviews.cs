using System.Globalization;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>What somebody said last about the pull request at GitHub.</summary>
/// <param name="State"><c>APPROVED</c>, <c>CHANGES_REQUESTED</c> or <c>DISMISSED</c>.</param>
/// <param name="IsOfHead">Whether it is about the commit that is the head now; an approval of an older one says less.</param>
public sealed record PullRequestReview(string Login, string State, bool IsOfHead, string? Body, DateTimeOffset? At, string? Url);

/// <summary>The reviews of a pull request, or why they cannot be shown.</summary>
/// <param name="Trouble">In words; null when they were read.</param>
public sealed record PullRequestReviewList(int Number, string? Url, IReadOnlyList<PullRequestReview> Reviews, string? Trouble);

/// <summary>Reads approvals on the GitHub pull request, to stand beside those given here. They do not replace them.</summary>
public sealed class PullRequestReviews(ProjectSessions sessions, GitHubClients clients)
{
    public async Task<PullRequestReviewList> ReadAsync(Project project, int number, CancellationToken cancellationToken)
    {
        PullRequestReviewList Without(string trouble) => new(number, null, [], trouble);
        if (!RepositoryName.TryParse(project.Repository, out var name))
            return Without($"'{project.Repository}' is no repository at GitHub.");
        var token = await sessions.TokenAsync(project, cancellationToken);
        if (!token.IsOk)
            return Without(token.Error.What);
        var client = clients.For(project, token.Value.Length == 0 ? null : token.Value);
        var pull = await client.PullRequestAsync(name, number, cancellationToken);
        if (!pull.IsOk)
            return Without(Words(number, pull.Error));
        var reviews = await client.ReviewsAsync(name, number, cancellationToken);
        if (!reviews.IsOk)
            return Without(Words(number, reviews.Error));
        return new PullRequestReviewList(number, pull.Value.HtmlUrl,
        [
            .. reviews.Value.Where(review => review.User is not null && review.State is "APPROVED" or "CHANGES_REQUESTED" or "DISMISSED")
                .GroupBy(review => review.User!.Id).Select(own => own.Last())
                .Select(review => new PullRequestReview(review.User!.Login, review.State, review.CommitId == pull.Value.Head.Sha, review.Body, review.SubmittedAt, review.HtmlUrl)),
        ], null);
    }

    private static string Words(int number, GitHubError error) => string.Create(CultureInfo.InvariantCulture, $"GitHub does not show pull request #{number}: {error.Message}");
}
