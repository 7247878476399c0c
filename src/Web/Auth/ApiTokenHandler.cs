using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Takes <c>Authorization: Bearer rd_…</c>. The token is looked up on each request, so a revoked one ends at once.</summary>
public sealed class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiTokens tokens, SessionCheck check)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var owner = await tokens.FindAsync(header[Prefix.Length..].Trim(), Context.RequestAborted);
        if (owner is null || !check.IsUsable(owner.Account))
            return AuthenticateResult.Fail("The token is unknown, expired or revoked, or its owner is disabled.");
        Context.Features.Set(owner);
        await tokens.NoteUseAsync(owner, Context.RequestAborted);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, owner.Actor.Name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"ReleaseDashboard\"";
        var given = Request.Headers.Authorization.Count > 0;
        await Results.Problem(
            given
                ? "The token is unknown, expired or revoked, or its owner is disabled. Make a new one with 'token create'."
                : "This needs a token: send 'Authorization: Bearer rd_…', made with 'token create'.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Results.Problem("The token may not do this.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(Context);
}
