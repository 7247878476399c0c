using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Git;

/// <summary>Clone, fetch and push at <c>/OWNER/NAME.git</c>. Reading is free, pushing takes a token as the password.</summary>
internal static class GitHttpEndpoints
{
    internal static void MapGit(this IEndpointRouteBuilder app)
    {
        app.MapGet("/{owner}/{repo}/info/refs", ServeAsync);
        app.MapPost("/{owner}/{repo}/git-upload-pack", ServeAsync);
        app.MapPost("/{owner}/{repo}/git-receive-pack", ServeAsync);
    }

    private static async Task ServeAsync(HttpContext context, string owner, string repo, SandboxRepositories repositories, RefPublisher publisher)
    {
        var name = repo.EndsWith(".git", StringComparison.Ordinal) ? repo[..^4] : repo;
        var credentials = Credentials.Of(context.Request);
        var service = context.Request.Query["service"].ToString() is { Length: > 0 } asked ? asked : context.Request.Path.Value!.Split('/')[^1];
        var pushes = service == "git-receive-pack";
        if (credentials is { Token: not null, Persona: null } || (pushes && credentials.Persona is null))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"GitHub\"";
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if (pushes && credentials.ReadOnly)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, $"Permission to {owner}/{name}.git denied to {credentials.Persona!.Login}.");
        }
        else if (repositories.Find(owner, name) is not { } repository)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "Repository not found.");
        }
        else if (pushes && HttpMethods.IsPost(context.Request.Method))
        {
            await PushAsync(context, repository, credentials.Persona!, publisher);
        }
        else
        {
            await GitHttpBackend.RunAsync(context, repository, credentials.Persona, context.Response.Body);
        }
    }

    // The report goes out after the effects are on disk, so whoever reads it finds them. It is small.
    private static async Task PushAsync(HttpContext context, SandboxRepository repository, Persona actor, RefPublisher publisher)
    {
        using var report = new MemoryStream();
        using (await repository.EnterAsync())
        {
            try
            {
                await GitHttpBackend.RunAsync(context, repository, actor, report);
            }
            finally
            {
                await publisher.PublishAsync_NeedsTurn(repository, actor, change => change.Pushed(repository.FullName, actor.Login));
            }
        }

        report.Position = 0;
        await report.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync("remote: " + message + "\n", context.RequestAborted);
    }
}
