using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ReleaseDashboard.Web.Configuration;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Ways to GitHub and back for who is signed in. Forms, so that no other site can send a browser there.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder routes, DashboardOptions options)
    {
        if (options.GitHubOAuth is null)
            return;
        routes.MapPost("/account/github/link", ([FromForm] string? returnUrl) => Go(GitHubPurpose.Link, returnUrl)).ForSignedIn().ExcludeFromDescription();
        routes.MapPost("/account/github/confirm", ([FromForm] string? returnUrl) => Go(GitHubPurpose.Confirm, returnUrl)).ForSignedIn().ExcludeFromDescription();
    }

    private static ChallengeHttpResult Go(string purpose, string? returnUrl) =>
        TypedResults.Challenge(GitHubPurpose.Properties(purpose, ReturnUrls.Safe(returnUrl)), [GitHubSignIn.SchemeName]);
}
