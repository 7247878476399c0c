using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Api;

/// <summary>The account behind a request: a token's owner, or who is signed in.</summary>
internal sealed class ApiPerson(IHttpContextAccessor http, CurrentActor current)
{
    public static IResult Nobody => Results.Problem("This belongs to a person; sign in, or use a person's token.", statusCode: StatusCodes.Status403Forbidden);

    public async Task<Account?> FindAsync(CancellationToken cancellationToken) =>
        http.HttpContext?.Features.Get<TokenOwner>()?.Account ?? await current.FindAccountAsync(cancellationToken);
}
