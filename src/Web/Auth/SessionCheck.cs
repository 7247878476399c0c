using System.Security.Claims;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Says whether a session is still good, by its row and its account as they are now.</summary>
public sealed class SessionCheck(AccountQueries accounts, DashboardOptions options, TimeProvider time)
{
    /// <summary>Whose session it is, with the roles of this moment; null when it has ended.</summary>
    public async Task<SessionOwner?> FindAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        if (SessionPrincipal.UserId(principal) is not { } user || SessionPrincipal.SessionId(principal) is not { } session)
            return null;
        var now = time.GetUtcNow();
        if (await accounts.FindSessionAsync(user, session, now, cancellationToken) is not { } owner
            || !IsUsable(owner.Account) || owner.Account.SecurityStamp != SessionPrincipal.StampOf(principal))
            return null;
        return owner with { Actor = owner.Actor with { IsConfirmed = now - owner.ConfirmedAt < options.ConfirmFor } };
    }

    /// <summary>A persona's cookie or token from the sandbox is worth nothing on a server without one.</summary>
    public bool IsUsable(Account account) => options.IsSandbox || !account.IsPersona;
}
