using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>How a registry wants to be told who asks.</summary>
internal abstract partial record RegistryChallenge
{
    private RegistryChallenge() { }

    public sealed record Basic : RegistryChallenge;

    /// <param name="Realm">The token service.</param>
    public sealed record Bearer(Uri Realm, string? Service) : RegistryChallenge;

    /// <summary>From the answer to a request that was not let in; null when nothing that is understood is asked for.</summary>
    public static RegistryChallenge? Of(HttpResponseHeaders headers)
    {
        foreach (var challenge in headers.WwwAuthenticate)
        {
            if (challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && BearerOf(challenge.Parameter ?? "") is { } bearer)
                return bearer;
            if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
                return new Basic();
        }
        return null;
    }

    private static Bearer? BearerOf(string parameters)
    {
        var values = Parameter().Matches(parameters)
            .DistinctBy(match => match.Groups["name"].Value, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        return Uri.TryCreate(values.GetValueOrDefault("realm"), UriKind.Absolute, out var realm) && realm.Scheme is "https" or "http" && realm!.UserInfo.Length == 0
            ? new Bearer(realm, values.GetValueOrDefault("service"))
            : null;
    }

    [GeneratedRegex("(?<name>[a-z]+)=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
