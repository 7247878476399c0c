using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>One HTTP answer, read to its end.</summary>
internal sealed partial record GitHubAnswer(HttpStatusCode Status, byte[] Body, string? ETag, Uri? Next, Uri? Location, GitHubQuota? Quota, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public bool IsRedirect => (int)Status is 301 or 302 or 303 or 307 or 308 && Location is not null;

    public bool IsServerFault => (int)Status >= 500;

    public static GitHubAnswer Of(HttpResponseMessage response, byte[] body, Uri address, DateTimeOffset now)
    {
        var quota = GitHubQuota.Of(response.Headers);
        return new GitHubAnswer(
            response.StatusCode,
            body,
            response.Headers.ETag?.ToString(),
            NextPage(response.Headers, address),
            response.Headers.Location is { } location ? new Uri(address, location) : null,
            quota,
            Wait(response.Headers.RetryAfter, now) ?? (quota is { Remaining: 0 } ? Positive(quota.Resets - now) : null)
        );
    }

    /// <summary>What went wrong, for an answer that is no success.</summary>
    public GitHubError ToError()
    {
        var (message, errors, documentation) = Read();
        var limited =
            Status == HttpStatusCode.TooManyRequests
            || (Status == HttpStatusCode.Forbidden
                && (RetryAfter is not null || Quota is { Remaining: 0 } || message.Contains("rate limit", StringComparison.OrdinalIgnoreCase)));
        var kind =
            limited ? GitHubFailure.RateLimit
            : Status switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.Gone => GitHubFailure.NotFound,
                HttpStatusCode.Unauthorized => GitHubFailure.AuthenticationFailed,
                _ when IsServerFault => GitHubFailure.AnswerLost,
                _ when IsRedirect => GitHubFailure.Malformed,
                _ => GitHubFailure.Refused,
            };
        return new GitHubError(kind, (int)Status, message, errors, documentation, RetryAfter);
    }

    private (string Message, IReadOnlyList<GitHubErrorDetail> Errors, string? Documentation) Read()
    {
        try
        {
            var root = JsonDocument.Parse(Body).RootElement;
            if (root.ValueKind == JsonValueKind.Object)
                return (Text(root, "message") ?? Status.ToString(), [.. Details(root)], Text(root, "documentation_url"));
        }
        catch (JsonException)
        {
            // A proxy's page, say: the status is all there is to tell.
        }

        return ($"{(int)Status} {Status}", [], null);
    }

    private static IEnumerable<GitHubErrorDetail> Details(JsonElement root)
    {
        if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array) yield break;
        foreach (var error in errors.EnumerateArray())
        {
            yield return error.ValueKind == JsonValueKind.Object
                ? new GitHubErrorDetail(Text(error, "resource"), Text(error, "field"), Text(error, "code"), Text(error, "message"))
                : new GitHubErrorDetail(null, null, null, error.ToString());
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TimeSpan? Wait(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header?.Delta ?? (header?.Date is { } date ? Positive(date - now) : null);

    private static TimeSpan Positive(TimeSpan span) => span < TimeSpan.Zero ? TimeSpan.Zero : span;

    private static Uri? NextPage(HttpResponseHeaders headers, Uri address) =>
        headers.TryGetValues("Link", out var links) && NextLink().Match(string.Join(',', links)) is { Success: true } match
            ? new Uri(address, match.Groups["next"].Value)
            : null;

    [GeneratedRegex("<(?<next>[^>]+)>\\s*;[^,]*rel=\"next\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NextLink();
}

/// <summary>What is left of the hour's calls.</summary>
/// <param name="Resets">When <paramref name="Remaining"/> is full again.</param>
public sealed record GitHubQuota(int Limit, int Remaining, DateTimeOffset Resets)
{
    internal static GitHubQuota? Of(HttpResponseHeaders headers) =>
        Number(headers, "x-ratelimit-limit") is { } limit
        && Number(headers, "x-ratelimit-remaining") is { } remaining
        && Number(headers, "x-ratelimit-reset") is { } reset
            ? new GitHubQuota((int)limit, (int)remaining, DateTimeOffset.FromUnixTimeSeconds(reset))
            : null;

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First(), CultureInfo.InvariantCulture, out var number) ? number : null;
}
