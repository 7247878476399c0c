namespace ReleaseDashboard.Infrastructure.GitHub;

public enum GitHubFailure
{
    /// <summary>GitHub said no: nothing was changed.</summary>
    Refused,
    NotFound,
    AuthenticationFailed,
    RateLimit,

    /// <summary>No connection: the request was never sent.</summary>
    Unreachable,

    /// <summary>The request was sent and no usable answer came: it may or may not have taken effect, so observe before anything else.</summary>
    AnswerLost,

    /// <summary>An answer that this client does not understand or will not follow.</summary>
    Malformed,
}

/// <summary>One entry of the <c>errors</c> list of an answer.</summary>
public sealed record GitHubErrorDetail(string? Resource, string? Field, string? Code, string? Message);

/// <summary>Why a call failed.</summary>
/// <param name="Status">HTTP status; null without an answer.</param>
/// <param name="RetryAfter">How long to wait before the next call, when GitHub says so.</param>
public sealed record GitHubError(
    GitHubFailure Kind,
    int? Status,
    string Message,
    IReadOnlyList<GitHubErrorDetail> Errors,
    string? DocumentationUrl = null,
    TimeSpan? RetryAfter = null
)
{
    public bool IsRateLimit => Kind == GitHubFailure.RateLimit;

    public bool IsAnswerLost => Kind == GitHubFailure.AnswerLost;

    public override string ToString() =>
        $"{Kind}{(Status is { } status ? $" ({status})" : "")}: {Message}"
        + string.Concat(Errors.Select(detail => $"; {detail.Field ?? detail.Resource} {detail.Message ?? detail.Code}"));

    internal static GitHubError Of(GitHubFailure kind, string message) => new(kind, null, message, []);
}
