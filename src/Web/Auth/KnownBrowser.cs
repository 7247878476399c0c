using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// A cookie that says, sealed, who has signed in with this browser before. It opens nothing: it only keeps other people's
/// wrong guesses from slowing this browser down.
/// </summary>
public sealed class KnownBrowser(IDataProtectionProvider protection, TimeProvider time)
{
    private const string CookieName = "rd-known";
    private const int MaximumPeople = 8;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private readonly IDataProtector _protector = protection.CreateProtector("ReleaseDashboard.KnownBrowser.v1");

    /// <summary>The browser's id when this person has signed in with it before, else null.</summary>
    public Guid? Find(HttpContext http, string name) => Read(http) is { } known && known.People.Contains(name.ToUpperInvariant()) ? known.Id : null;

    /// <summary>Notes that this person has signed in with this browser.</summary>
    public void Remember(HttpContext http, string name)
    {
        var before = Read(http);
        var person = name.ToUpperInvariant();
        var people = (before?.People ?? []).Where(other => other != person).Append(person).TakeLast(MaximumPeople);
        var text = $"{before?.Id ?? Guid.CreateVersion7(time.GetUtcNow()):N} {string.Join(' ', people)}";
        http.Response.Cookies.Append(CookieName, _protector.Protect(text), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = Kept, IsEssential = true, Path = "/sign-in",
        });
    }

    private (Guid Id, IReadOnlyList<string> People)? Read(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { Length: > 0 and < 4096 } sealed_)
            return null;
        try
        {
            var parts = _protector.Unprotect(sealed_).Split(' ');
            return Guid.TryParseExact(parts[0], "N", out var id) ? (id, parts[1..]) : null;
        }
        catch (CryptographicException)
        {
            // Made up, or sealed with a key that is gone: a browser like any other.
            return null;
        }
    }
}
