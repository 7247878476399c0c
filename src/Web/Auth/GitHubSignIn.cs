using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Sign-in through GitHub's OAuth, with state and PKCE. The access token reads who it is and is thrown away.</summary>
internal static class GitHubSignIn
{
    public const string SchemeName = "GitHub";

    public static void AddGitHub(this AuthenticationBuilder authentication, GitHubOAuthOptions github) =>
        authentication.AddOAuth(SchemeName, options =>
        {
            options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            options.ClientId = github.ClientId;
            options.ClientSecret = github.ClientSecret;
            options.AuthorizationEndpoint = github.Authorization.AbsoluteUri;
            options.TokenEndpoint = github.Token.AbsoluteUri;
            options.UserInformationEndpoint = github.User.AbsoluteUri;
            options.CallbackPath = "/sign-in/github/callback";
            options.UsePkce = true;
            options.Scope.Add("read:user");
            options.SaveTokens = false;
            // GitHub comes back by a top-level GET, which Lax lets through; the default (None) needs https.
            options.CorrelationCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Events.OnCreatingTicket = CreateTicketAsync;
            options.Events.OnRedirectToAuthorizationEndpoint = context =>
            {
                // Who links or confirms chooses the account again, instead of being waved through by GitHub's own session.
                var forced = GitHubPurpose.Of(context.Properties) == GitHubPurpose.SignIn ? "" : "&prompt=select_account";
                context.Response.Redirect(context.RedirectUri + forced);
                return Task.CompletedTask;
            };
            options.Events.OnRemoteFailure = context =>
            {
                context.Response.Redirect(GitHubPurpose.Of(context) == GitHubPurpose.SignIn ? "/sign-in?failed=github" : "/account?failed=github");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });

    private static async Task CreateTicketAsync(OAuthCreatingTicketContext context)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        using var response = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted);
        response.EnsureSuccessStatusCode();
        using var user = JsonDocument.Parse(await response.Content.ReadAsStringAsync(context.HttpContext.RequestAborted));
        var id = user.RootElement.GetProperty("id").GetInt64();
        var login = user.RootElement.GetProperty("login").GetString()!;
        var name = user.RootElement.TryGetProperty("name", out var given) ? given.GetString() : null;
        context.Principal = await GitHubPurpose.FulfilAsync(context, id, login, name);
    }
}
