using System.Text;
using Microsoft.AspNetCore.Http;

namespace ReleaseDashboard.Sandbox.Identity;

/// <summary>Who a request says it comes from.</summary>
/// <param name="Token">The token it carries; null when it carries none.</param>
internal sealed record Credentials(string? Token)
{
    public Persona? Persona => Personas.ByToken(Token);

    public bool ReadOnly => Personas.IsReadOnly(Token);

    /// <summary>Reads <c>Bearer</c>, <c>token</c> and <c>Basic</c> (git sends the token as the password).</summary>
    public static Credentials Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0)
            return new Credentials(header.Length == 0 ? null : header);
        var value = header[(space + 1)..].Trim();
        return header[..space].Equals("basic", StringComparison.OrdinalIgnoreCase) ? new Credentials(Password(value)) : new Credentials(value);
    }

    private static string Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return "";
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        var password = pair[(colon + 1)..];
        return password is "" or "x-oauth-basic" ? pair[..Math.Max(colon, 0)] : password;
    }
}
