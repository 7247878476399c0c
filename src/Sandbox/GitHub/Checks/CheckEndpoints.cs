using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Checks;

/// <summary>Reading check runs and suites, and running one again.</summary>
internal static class CheckEndpoints
{
    internal static void MapChecks(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/commits/{reference}/check-runs", ListAsync);
        repo.MapGet("/commits/{reference}/check-suites", ListSuitesAsync);
        repo.MapGet("/check-runs/{id:int}", (Call call, int id, CheckAnswer answers) =>
            Find(call, id) is { } run ? call.Ok(answers.Run(call.Repository, run)) : GitHubErrors.NotFound());
        repo.MapGet("/check-runs/{id:int}/annotations", Annotations);
        repo.MapGet("/check-suites/{id:int}", async (Call call, int id, CheckAnswer answers) =>
            call.State.CheckRuns.Any(run => run.Suite == id) ? call.Ok(await answers.SuiteAsync(call.Repository, id)) : GitHubErrors.NotFound());
        repo.MapGet("/check-suites/{id:int}/check-runs", (Call call, int id, CheckAnswer answers) =>
            List(call, answers, CheckSummary.OfSuite(call.State, id)));
        repo.MapPost("/check-runs/{id:int}/rerequest", RerequestAsync);
    }

    internal static CheckRun? Find(Call call, int id) => call.State.CheckRuns.FirstOrDefault(run => run.Id == id);

    private static async Task<IResult> ListAsync(Call call, CheckAnswer answers)
    {
        if (await call.Repository.Git.ResolveAsync(call.Route("reference")) is not { } sha)
            return GitHubErrors.Answer(422, $"No commit found for SHA: {call.Route("reference")}");
        var runs = call.Query("filter") == "all"
            ? call.State.CheckRuns.Where(run => run.Sha == sha)
            : CheckSummary.Latest(call.State, sha);
        return List(call, answers, runs);
    }

    private static IResult List(Call call, CheckAnswer answers, IEnumerable<CheckRun> runs)
    {
        var wanted = runs
            .Where(run => call.Query("check_name") is not { } name || run.Name == name)
            .Where(run => call.Query("status") is not { } status || run.Status == status)
            .ToList();
        return call.Ok(new
        {
            total_count = wanted.Count,
            check_runs = Paging.Cut(call.Http, wanted).Select(run => answers.Run(call.Repository, run)),
        });
    }

    private static async Task<IResult> ListSuitesAsync(Call call, CheckAnswer answers)
    {
        if (await call.Repository.Git.ResolveAsync(call.Route("reference")) is not { } sha)
            return GitHubErrors.Answer(422, $"No commit found for SHA: {call.Route("reference")}");
        var suites = call.State.CheckRuns.Where(run => run.Sha == sha).Select(run => run.Suite).Distinct().ToList();
        var listed = await Task.WhenAll(suites.Select(suite => answers.SuiteAsync(call.Repository, suite)));
        return call.Ok(new { total_count = suites.Count, check_suites = listed });
    }

    private static IResult Annotations(Call call, int id, GitHubUrls urls) => Find(call, id) is not { } run
        ? GitHubErrors.NotFound()
        : call.Page(run.Annotations, annotation => new
        {
            path = annotation.Path,
            start_line = annotation.StartLine,
            end_line = annotation.EndLine,
            start_column = (int?)null,
            end_column = (int?)null,
            annotation_level = annotation.AnnotationLevel,
            title = annotation.Title,
            message = annotation.Message,
            raw_details = (string?)null,
            blob_href = $"{urls.Html(call.Repository)}/blob/{run.Sha}/{annotation.Path}",
        });

    // A job is run again alone, a run of the script with its whole suite.
    private static async Task<IResult> RerequestAsync(Call call, int id, CheckStarter checks, WorkflowStarter workflows, EffectLog effects)
    {
        using var turn = await call.Repository.EnterAsync();
        if (Find(call, id) is not { } run)
            return GitHubErrors.NotFound();
        if (run.Workflow is not null && call.State.WorkflowRuns.FirstOrDefault(found => found.Suite == run.Suite) is { } workflow)
        {
            if (workflow.Status != "completed")
                return GitHubErrors.Answer(403, "This workflow is already running");
            await workflows.RerunAsync_NeedsTurn(call.Repository, workflow, job => job.Name == run.Name, call.Writer);
            return call.Ok(new { }, 201);
        }

        await checks.RestartAsync_NeedsTurn(call.Repository, run.Sha);
        await call.RecordAsync(effects, "check.rerequest", $"{call.Repository.FullName} {run.Name}", run.Sha);
        return call.Ok(new { }, 201);
    }
}
