using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ReleaseDashboard.Sandbox.Hosting;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>What a token allows in one repository.</summary>
internal sealed record RegistryAccess(string Type, string Name, IReadOnlyList<string> Actions);

/// <summary>Who holds a token, and what for. An actor of null is anybody.</summary>
internal sealed record RegistryGrant(string? Actor, long Expires, IReadOnlyList<RegistryAccess> Access);

/// <summary>Access tokens of one registry. They end with the process and after five minutes, so clients have to renew them.</summary>
internal sealed class RegistryTokens(TimeProvider time)
{
    public const int Seconds = 300;
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Grants reading to everybody, and everything that is asked for to the owner of the credentials.</summary>
    /// <param name="actor">The owner, or null.</param>
    /// <param name="scopes">As asked for: <c>repository:team/app:pull,push</c>.</param>
    public string Issue(string? actor, IEnumerable<string> scopes)
    {
        var access = scopes.SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(scope => Allow(actor, scope)).OfType<RegistryAccess>();
        var grant = new RegistryGrant(actor, time.GetUtcNow().ToUnixTimeSeconds() + Seconds, [.. access]);
        var payload = JsonSerializer.SerializeToUtf8Bytes(grant, SandboxJson.Compact);
        return $"{WebEncoders.Base64UrlEncode(payload)}.{WebEncoders.Base64UrlEncode(HMACSHA256.HashData(key, payload))}";
    }

    /// <returns>The grant, or null for a token that is expired, foreign or none at all.</returns>
    public RegistryGrant? Read(string token)
    {
        if (token.Split('.') is not [var payload, var signature])
            return null;
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(payload);
            if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, bytes), WebEncoders.Base64UrlDecode(signature)))
                return null;
            return JsonSerializer.Deserialize<RegistryGrant>(bytes, SandboxJson.Compact) is { } grant && grant.Expires > time.GetUtcNow().ToUnixTimeSeconds()
                ? grant
                : null;
        }
        catch (FormatException)
        {
            return null; // not even encoded as a token is
        }
    }

    private static RegistryAccess? Allow(string? actor, string scope)
    {
        var first = scope.IndexOf(':', StringComparison.Ordinal);
        var last = scope.LastIndexOf(':'); // a name may hold a port
        if (first < 0 || first == last)
            return null;
        var asked = scope[(last + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return new RegistryAccess(scope[..first], scope[(first + 1)..last], actor is null ? [.. asked.Where(action => action == "pull")] : asked);
    }
}
