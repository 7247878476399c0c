using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Pulls;

/// <param name="Conflicts">Whether head and base cannot be merged by themselves.</param>
/// <param name="State">GitHub's word: <c>clean</c>, <c>dirty</c>, <c>draft</c>, <c>blocked</c> or <c>unstable</c>.</param>
/// <param name="Refusal">Why merging is refused now; null when it is allowed.</param>
internal sealed record MergeVerdict(bool Conflicts, string State, string? Refusal);

/// <summary>Whether an open pull request may be merged now.</summary>
internal sealed class MergeRules(SandboxOptions options)
{
    public async Task<MergeVerdict> JudgeAsync(SandboxRepository repository, PullRequest pull)
    {
        var target = await repository.Git.RefAsync("refs/heads/" + pull.Base);
        if (target is null || await repository.Git.MergedTreeAsync(target.Sha, pull.HeadSha) is null)
            return new MergeVerdict(true, "dirty", "Pull Request is not mergeable");
        if (pull.Draft)
            return new MergeVerdict(false, "draft", "Pull Request is still a draft");
        if (options.ReviewRequired && !IsApproved(pull))
            return new MergeVerdict(false, "blocked", "At least 1 approving review is required by reviewers with write access.");
        return new MergeVerdict(false, CheckSummary.AllGreen(repository.State, pull.HeadSha) ? "clean" : "unstable", null);
    }

    // The last word of each reviewer counts, on the current head only; a comment is not a word.
    private static bool IsApproved(PullRequest pull)
    {
        var words = pull.Reviews
            .Where(review => review.State is "APPROVED" or "CHANGES_REQUESTED" && review.Commit == pull.HeadSha && review.Author != pull.Author)
            .GroupBy(review => review.Author)
            .Select(reviews => reviews.Last().State)
            .ToList();
        return words.Contains("APPROVED") && !words.Contains("CHANGES_REQUESTED");
    }
}
