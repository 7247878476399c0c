using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>What a session's cookie says. Its stamp ties it to the account as it was: a change of roles ends the session.</summary>
public static class SessionPrincipal
{
    private const string Stamp = "stamp";

    public static ClaimsPrincipal Of(Account account) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, account.Id.ToString("D", CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, account.Name),
            new Claim(ClaimTypes.GivenName, account.DisplayName),
            new Claim(Stamp, account.SecurityStamp),
            .. RoleNames.List(account.Roles).Select(role => new Claim(ClaimTypes.Role, role)),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    public static Guid? UserId(ClaimsPrincipal principal) =>
        Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    public static string? StampOf(ClaimsPrincipal principal) => principal.FindFirstValue(Stamp);
}
