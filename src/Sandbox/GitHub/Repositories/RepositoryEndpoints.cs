using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Repositories;

/// <summary>Who calls, what may be done, and the repository itself.</summary>
internal static class RepositoryEndpoints
{
    internal static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/user", (HttpRequest request, GitHubUrls urls) => Credentials.Of(request).Persona is { } persona
            ? Json(UserAnswer.Full(urls, persona))
            : GitHubErrors.Answer(401, "Requires authentication"));
        api.MapGet("/user/repos", (HttpRequest request, GitHubUrls urls, SandboxRepositories all) => Credentials.Of(request).Persona is not null
            ? Json(Paging.Cut(request.HttpContext, all.All).Select(repository => RepositoryAnswer.Of(urls, repository)))
            : GitHubErrors.Answer(401, "Requires authentication"));
        api.MapGet("/user/emails", (HttpRequest request) => Credentials.Of(request).Persona is { } persona
            ? Json(new[] { new { email = persona.Email, primary = true, verified = true, visibility = "public" } })
            : GitHubErrors.Answer(401, "Requires authentication"));
        api.MapGet("/users/{login}", (string login, GitHubUrls urls) =>
            Personas.ByLogin(login) is { } persona ? Json(UserAnswer.Full(urls, persona)) : GitHubErrors.NotFound());
        api.MapGet("/rate_limit", (HttpRequest request, RateLimits rates) =>
        {
            var rate = rates.Count(Credentials.Of(request).Token, -1); // asking is free: the middleware counted it
            return Json(new { resources = new { core = rate, search = rate with { Limit = 30, Remaining = 30, Used = 0 } }, rate });
        });
    }

    internal static void MapRepositories(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("", (Call call, GitHubUrls urls) => call.Ok(RepositoryAnswer.Of(urls, call.Repository)));
        repo.MapGet("/collaborators/{username}/permission", (Call call, string username, GitHubUrls urls) =>
            Personas.ByLogin(username) is { } persona ? call.Ok(Permission(urls, persona)) : GitHubErrors.NotFound());
    }

    private static object Permission(GitHubUrls urls, Persona persona)
    {
        var user = UserAnswer.Of(urls, persona.Login);
        user["role_name"] = persona.Role;
        user["permissions"] = new
        {
            pull = true, triage = true, push = true, maintain = persona.Role is "maintain" or "admin", admin = persona.Role == "admin",
        };
        return new { permission = persona.Permission, role_name = persona.Role, user };
    }

    private static IResult Json(object answer) => Results.Json(answer, SandboxJson.Compact);
}
