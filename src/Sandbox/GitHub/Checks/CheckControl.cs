using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>Where a test or a person decides how checks go.</summary>
internal static class CheckControl
{
    internal static void MapCheckControl(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sandbox/checks", (CheckScript script) => Results.Json(script.Checks, SandboxJson.Compact));
        app.MapPost("/sandbox/checks", async (HttpRequest request, CheckScript script) =>
        {
            if (await RequestJson.ReadAsync<IReadOnlyList<CheckDefinition>>(request) is not { } definitions)
                return Results.BadRequest("A list of checks is expected, each with at least a name, as JSON.");
            script.Replace(definitions);
            return Results.Json(script.Checks, SandboxJson.Compact);
        });
        app.MapDelete("/sandbox/checks", (CheckScript script) =>
        {
            script.Replace(CheckScript.Default);
            return Results.NoContent();
        });
        app.MapPost("/sandbox/checks/rerun", RerunAsync);
    }

    private static async Task<IResult> RerunAsync(HttpRequest request, SandboxRepositories repositories, CheckStarter checks, WorkflowStarter workflows)
    {
        if (await RequestJson.ReadAsync<Rerun>(request) is not { Repository: { } name, Sha: { } sha } || name.Split('/') is not [var owner, var repo])
            return Results.BadRequest("A repository (OWNER/NAME) and a sha are expected, as JSON.");
        if (repositories.Find(owner, repo) is not { } repository)
            return Results.NotFound();
        using var turn = await repository.EnterAsync();
        var runs = repository.State.WorkflowRuns.Where(run => run.HeadSha == sha && run.Jobs.Count > 0).ToList();
        foreach (var run in runs.Where(run => run.Status == "completed"))
            await workflows.RerunAsync_NeedsTurn(repository, run, _ => true, Personas.Maintainer);
        if (runs.Count == 0)
            await checks.RestartAsync_NeedsTurn(repository, sha);
        return Results.Accepted();
    }

    private sealed record Rerun(string? Repository, string? Sha);
}
