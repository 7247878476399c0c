using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Why a browser was sent to GitHub. It travels in the sealed state, so that an answer cannot be used for something else.</summary>
internal static class GitHubPurpose
{
    public const string SignIn = "sign-in";

    /// <summary>To prove again who it is, in the session that is open.</summary>
    public const string Confirm = "confirm";

    /// <summary>To be able to sign in through GitHub to the account that is open.</summary>
    public const string Link = "link";

    private const string Key = "github-purpose";

    public static AuthenticationProperties Properties(string purpose, string returnUrl) =>
        new(new Dictionary<string, string?> { [Key] = purpose }) { RedirectUri = returnUrl };

    public static string Of(AuthenticationProperties? properties) => properties?.Items.TryGetValue(Key, out var purpose) == true && purpose is not null ? purpose : SignIn;

    /// <summary>The purpose of an answer that failed. What failed while it was fulfilled comes without its state.</summary>
    public static string Of(RemoteFailureContext failure) =>
        failure.HttpContext.Items.TryGetValue(Key, out var purpose) && purpose is string begun ? begun : Of(failure.Properties);

    /// <summary>Does what the browser was sent for; the session that it has afterwards.</summary>
    /// <exception cref="AuthenticationFailureException">GitHub's person is not the one it has to be.</exception>
    public static async Task<ClaimsPrincipal> FulfilAsync(OAuthCreatingTicketContext context, long gitHubId, string login, string? name)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var gitHub = services.GetRequiredService<GitHubAccounts>();
        var purpose = Of(context.Properties);
        http.Items[Key] = purpose;
        if (purpose == SignIn)
        {
            var result = await gitHub.SignInAsync(gitHubId, login, name, http.RequestAborted);
            if (!result.IsOk)
                throw new AuthenticationFailureException(result.Error.Message);
            return await services.GetRequiredService<SignInSession>().OpenAsync(http, result.Value)
                ?? throw new AuthenticationFailureException("The account was changed at this very moment.");
        }
        // This runs before the usual authentication of the request, so the session is asked for here.
        var session = await http.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        if (session.Principal is not { } principal || await services.GetRequiredService<SessionCheck>().FindAsync(principal, http.RequestAborted) is not { } owner)
            throw new AuthenticationFailureException("The session has ended meanwhile.");
        if (purpose == Confirm)
        {
            if (owner.Account.GitHubId != gitHubId)
                throw new AuthenticationFailureException($"GitHub's {login} is not the person who is signed in here.");
            await services.GetRequiredService<Sessions>().ConfirmAsync(owner.SessionId, http.RequestAborted);
            return principal;
        }
        var linked = await gitHub.LinkAsync(owner.Actor, owner.Account.Id, gitHubId, login, http.RequestAborted);
        return linked.IsDone ? principal : throw new AuthenticationFailureException(linked.Message);
    }
}
