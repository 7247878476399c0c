using System.Net.Http.Headers;
using System.Text;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>Who may upload to an index: a token (as password of the user <c>__token__</c>), or one user with a password.</summary>
public sealed record IndexCredentials(string Token, string User, string Password)
{
    /// <summary>Credentials of the sandbox's index of this name; made up, and known to everybody.</summary>
    public static IndexCredentials Of(string index) => new($"sandbox-{index}-token", "maintainer", $"sandbox-{index}-password");

    /// <returns>The name that an upload is recorded under, or null when the header lets nobody in.</returns>
    public string? Accept(string? authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[header.Parameter?.Length ?? 0];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var count))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, count);
        return pair == $"__token__:{Token}" ? "__token__" : pair == $"{User}:{Password}" ? User : null;
    }
}
