using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>Says what a failure of GitHub means for a step.</summary>
internal static class GitHubStepErrors
{
    /// <param name="scope">The rights that the step needs, in the words of GitHub's token page.</param>
    public static StepError NoToken(string scope) => new(
        "no-token",
        "The project has no GitHub token.",
        "Nothing is stored under github-token.",
        $"Store a token with {scope} as the project's github-token, then retry.");

    public static StepError NoRepository(string repository) => new(
        "bad-repository",
        "The project's repository is not OWNER/NAME.",
        $"It is '{repository}'.",
        "Correct it in the project's settings and start the release again.");

    public static StepError Of(GitHubError error, string scope)
    {
        var words = Words(error);
        return error switch
        {
            { Kind: GitHubFailure.AuthenticationFailed } => new(
                "wrong-token", "GitHub refused the project's token.", words, $"Store a token that is valid and has {scope} as github-token, then retry."),
            { Kind: GitHubFailure.Refused, Status: 403 } => new(
                "missing-scope", "GitHub does not let the project's token do this.", words, $"Give the token {scope} (classic tokens: repo), then retry."),
            { Kind: GitHubFailure.NotFound } => new(
                "not-found", "GitHub shows no such thing to the project's token.", words,
                $"Check the project's repository, and that its token may see it ({scope}). Then retry."),
            { Kind: GitHubFailure.RateLimit } => new(
                "rate-limit", "GitHub asks to wait before the next call.", words,
                error.RetryAfter is { } wait ? $"Retry in {Math.Ceiling(wait.TotalMinutes):0} min." : "Retry in a few minutes."),
            { Kind: GitHubFailure.Unreachable } => new("unreachable", "GitHub cannot be reached.", words, "Check the network and GitHub's status page, then retry."),
            { Kind: GitHubFailure.AnswerLost } => new(
                "answer-lost", "GitHub's answer did not arrive.", words, "Retry: what was carried out is found, and nothing is done twice."),
            { Kind: GitHubFailure.Malformed } => new(
                "malformed-answer", "GitHub answered something that is not followed.", words, "Check the project's GitHub address, then retry."),
            _ => new("refused", "GitHub refused.", words, "Do what its answer asks for, then retry."),
        };
    }

    /// <summary>Looking failed. What cannot be seen now may still be there.</summary>
    public static Observation Seen(GitHubError error, string scope) =>
        error.Kind is GitHubFailure.Unreachable or GitHubFailure.AnswerLost or GitHubFailure.RateLimit
            ? new Observation.Unknown(Of(error, scope))
            : new Observation.Failed(Of(error, scope));

    /// <summary>Writing failed. Only a lost answer may have taken effect.</summary>
    public static ActResult Written(GitHubError error, string scope) =>
        error.IsAnswerLost ? new ActResult.AnswerLost(Of(error, scope)) : new ActResult.Failed(Of(error, scope));

    /// <summary>GitHub's own words, details included.</summary>
    public static string Words(GitHubError error) =>
        string.Join("; ", new[] { error.Message }
            .Concat(error.Errors.Select(detail => detail.Message ?? $"{detail.Resource} {detail.Field}: {detail.Code}"))
            .Where(part => !string.IsNullOrWhiteSpace(part)));
}
