using System.Security.Claims;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Who acts in this circuit or request, with the roles of this very moment.</summary>
public sealed class CurrentActor(SessionStateProvider session, SessionCheck check, IHttpContextAccessor http)
{
    private static readonly Actor Nobody = Actor.Person("nobody", Roles.None) with { IsConfirmed = false };

    /// <summary>The actor to hand to every action. One whose session has ended has no roles, so whatever is tried is refused.</summary>
    public async Task<Actor> GetAsync(CancellationToken cancellationToken = default)
    {
        if (session.State is null && http.HttpContext?.Features.Get<TokenOwner>() is { } owner)
            return owner.Actor;
        return await FindSessionAsync(cancellationToken) is { } found ? found.Actor : Nobody;
    }

    /// <summary>The account, or null when nobody is signed in or the session has ended.</summary>
    public async Task<Account?> FindAccountAsync(CancellationToken cancellationToken = default) => (await FindSessionAsync(cancellationToken))?.Account;

    /// <summary>The session, or null when nobody is signed in, it has ended, or a token calls.</summary>
    public async Task<SessionOwner?> FindSessionAsync(CancellationToken cancellationToken = default)
    {
        ClaimsPrincipal? principal = session.State is { } state ? (await state).User : http.HttpContext?.User;
        return principal is null ? null : await check.FindAsync(principal, cancellationToken);
    }
}
