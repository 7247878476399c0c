using System.Security.Claims;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Says whether a session is still good, by the account as it is now.</summary>
public sealed class SessionCheck(AccountQueries accounts, DashboardOptions options)
{
    /// <summary>The account, or null when the session has ended.</summary>
    public async Task<Account?> FindAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (SessionPrincipal.UserId(principal) is not { } id || await accounts.FindAsync(id, cancellationToken) is not { IsDisabled: false } account)
            return null;
        return IsUsable(account) && account.SecurityStamp == SessionPrincipal.StampOf(principal) ? account : null;
    }

    /// <summary>A persona's cookie or token from the sandbox is worth nothing on a server without one.</summary>
    public bool IsUsable(Account account) => options.IsSandbox || !account.IsPersona;
}
