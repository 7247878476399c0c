using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Rest;

/// <summary>What all API answers share: request id, rate limit, scopes, who calls, and which repository is meant.</summary>
internal sealed class ApiMiddleware(RequestDelegate next, SandboxRepositories repositories, RateLimits rates, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }

        var credentials = Credentials.Of(context.Request);
        WriteHeaders(context, credentials);
        if (Refusal(context, credentials) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next(context);
    }

    private void WriteHeaders(HttpContext context, Credentials credentials)
    {
        var headers = context.Response.Headers;
        headers["x-github-request-id"] = Guid.CreateVersion7(time.GetUtcNow()).ToString("N")[..24].ToUpperInvariant();
        headers["x-github-media-type"] = "github.v3; format=json";
        if (credentials.Persona is not null)
            headers["x-oauth-scopes"] = credentials.ReadOnly ? "read:user" : "repo, read:user, user:email, admin:repo_hook, workflow";
        rates.Count(credentials.Token, 1).Write(headers);
    }

    private IResult? Refusal(HttpContext context, Credentials credentials)
    {
        var reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (credentials is { Token: not null, Persona: null })
            return GitHubErrors.Answer(401, "Bad credentials");
        if (credentials.Persona is null && !reads)
            return GitHubErrors.Answer(401, "Requires authentication");
        if (context.GetEndpoint() is null)
            return GitHubErrors.NotFound();
        if (context.GetRouteValue("owner") is string owner && context.GetRouteValue("repo") is string name)
        {
            if (repositories.Find(owner, name) is not { } repository)
                return GitHubErrors.NotFound();
            context.Features.Set(new Call(context, repository, credentials.Persona));
        }

        return credentials.ReadOnly && !reads ? GitHubErrors.Answer(403, "Resource not accessible by personal access token") : null;
    }
}
