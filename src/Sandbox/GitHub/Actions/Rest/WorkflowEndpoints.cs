using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Actions.Files;
using ReleaseDashboard.Sandbox.GitHub.Rest;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>The workflows of a repository, by number or by the name of their file.</summary>
internal static class WorkflowEndpoints
{
    internal static void MapWorkflows(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/actions/workflows", async (Call call, GitHubUrls urls) =>
        {
            var all = await AllAsync(call);
            return call.Ok(new { total_count = all.Count, workflows = Paging.Cut(call.Http, all).Select(workflow => WorkflowAnswer.Of(urls, call.Repository, workflow)) });
        });
        repo.MapGet("/actions/workflows/{id}", async (Call call, GitHubUrls urls) =>
            (await AllAsync(call)).FirstOrDefault(workflow => Is(call, workflow.Path)) is { } found
                ? call.Ok(WorkflowAnswer.Of(urls, call.Repository, found))
                : GitHubErrors.NotFound());
    }

    /// <summary>Whether the address means the workflow of that path.</summary>
    internal static bool Is(Call call, string path)
    {
        var id = call.Route("id");
        return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? WorkflowCatalog.IdOf(call.Repository, path) == number
            : path == WorkflowCatalog.Folder + id;
    }

    // GitHub lists the files of the default branch and those that ever ran.
    private static async Task<IReadOnlyList<FoundWorkflow>> AllAsync(Call call)
    {
        var found = await call.Repository.Git.ResolveAsync(call.State.DefaultBranch) is { } sha ? await WorkflowCatalog.ReadAsync(call.Repository.Git, sha) : [];
        var ran = call.State.WorkflowRuns.GroupBy(run => run.Path).Where(runs => found.All(workflow => workflow.Path != runs.Key));
        return [.. found, .. ran.Select(runs => new FoundWorkflow(runs.Key, new WorkflowFile(runs.Key, runs.Last().Name, null, new WorkflowTriggers(null, null, null), []), null))];
    }
}
