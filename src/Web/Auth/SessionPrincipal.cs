using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>What a session's cookie says: whose it is and which row of the ledger decides about it. What a person may do is never in it.</summary>
public static class SessionPrincipal
{
    private const string Stamp = "stamp";
    private const string Session = "session";

    public static ClaimsPrincipal Of(Account account, Guid sessionId) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, account.Id.ToString("D", CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, account.Name),
            new Claim(ClaimTypes.GivenName, account.DisplayName),
            new Claim(Session, sessionId.ToString("D", CultureInfo.InvariantCulture)),
            new Claim(Stamp, account.SecurityStamp),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    public static Guid? UserId(ClaimsPrincipal principal) => Id(principal, ClaimTypes.NameIdentifier);

    public static Guid? SessionId(ClaimsPrincipal principal) => Id(principal, Session);

    public static string? StampOf(ClaimsPrincipal principal) => principal.FindFirstValue(Stamp);

    private static Guid? Id(ClaimsPrincipal principal, string claim) =>
        Guid.TryParse(principal.FindFirstValue(claim), CultureInfo.InvariantCulture, out var id) ? id : null;
}
