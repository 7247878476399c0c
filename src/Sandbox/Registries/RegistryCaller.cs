using System.Text;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Who a request to a registry comes from.</summary>
/// <param name="IsRefused">Whether it carries credentials that are wrong.</param>
/// <param name="IsKnown">Whether it carries any that are right; a token for anybody counts.</param>
/// <param name="Actor">The owner of the credentials, or null.</param>
/// <param name="Grant">The token's grant; null with user name and password, which allow everything.</param>
internal sealed record RegistryCaller(bool IsRefused, bool IsKnown, string? Actor, RegistryGrant? Grant)
{
    private static readonly RegistryCaller Anybody = new(false, false, null, null);
    private static readonly RegistryCaller Refused = new(true, false, null, null);

    public bool May(string action, string repository) => Actor is not null
        && (Grant is null || Grant.Access.Any(access => access.Name == repository && access.Actions.Any(allowed => allowed == action || allowed == "*")));

    public static RegistryCaller Of(HttpRequest request, RegistryCredentials credentials, RegistryTokens tokens)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return Anybody;
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return tokens.Read(header["Bearer ".Length..].Trim()) is { } grant ? new RegistryCaller(false, true, grant.Actor, grant) : Refused;
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return Refused;
        var encoded = header["Basic ".Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return Refused;
        // Some clients send empty credentials where they have none.
        return Encoding.UTF8.GetString(bytes, 0, length) switch
        {
            ":" or "" => Anybody,
            var pair when pair == $"{credentials.User}:{credentials.Token}" => new RegistryCaller(false, true, credentials.User, null),
            _ => Refused,
        };
    }
}
