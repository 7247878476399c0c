using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.GitHub.Rest;

/// <summary>Counts requests by token and hour. Nothing is refused for it: a fault rule does that when a test wants it.</summary>
internal sealed class RateLimits(TimeProvider time)
{
    public const int Limit = 5000;
    private readonly ConcurrentDictionary<(string Token, long Hour), int> used = new();

    public RateWindow Count(string? token, int requests)
    {
        var hour = time.GetUtcNow().ToUnixTimeSeconds() / 3600;
        var count = used.AddOrUpdate((token ?? "", hour), requests, (_, before) => before + requests);
        return new RateWindow(Limit, Math.Max(Limit - count, 0), (hour + 1) * 3600, count);
    }
}

/// <param name="Limit">Requests an hour.</param>
/// <param name="Remaining">Requests left.</param>
/// <param name="Reset">End of the hour, in seconds since 1970.</param>
/// <param name="Used">Requests made.</param>
internal sealed record RateWindow(int Limit, int Remaining, long Reset, int Used)
{
    public void Write(IHeaderDictionary headers)
    {
        headers["x-ratelimit-limit"] = Limit.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-remaining"] = Remaining.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-reset"] = Reset.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-used"] = Used.ToString(CultureInfo.InvariantCulture);
        headers["x-ratelimit-resource"] = "core";
    }
}
