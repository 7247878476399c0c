using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Opens and ends the session of a browser: the row first, then the cookie that names it.</summary>
public sealed class SignInSession(Sessions sessions, SessionCheck check)
{
    /// <summary>The principal of a new session; null when the account was disabled or changed meanwhile.</summary>
    public async Task<ClaimsPrincipal?> OpenAsync(HttpContext http, Account account)
    {
        var before = await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var replaced = before.Principal is { } principal ? SessionPrincipal.SessionId(principal) : null;
        var id = await sessions.OpenAsync(account, http.Connection.RemoteIpAddress?.ToString(), BrowserWords.Of(http.Request.Headers.UserAgent), replaced, http.RequestAborted);
        return id is { } session ? SessionPrincipal.Of(account, session) : null;
    }

    /// <summary>Opens a session and sends its cookie; false when the account was disabled or changed meanwhile.</summary>
    public async Task<bool> SignInAsync(HttpContext http, Account account)
    {
        if (await OpenAsync(http, account) is not { } principal)
            return false;
        await http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal);
        return true;
    }

    /// <summary>Ends this browser's session in every tab, and takes the cookie back.</summary>
    public async Task SignOutAsync(HttpContext http)
    {
        if (await check.FindAsync(http.User, http.RequestAborted) is { } owner)
            await sessions.EndAsync(owner.Actor, owner.SessionId, http.RequestAborted);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }
}
