using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>Reading runs and their jobs.</summary>
internal static class RunEndpoints
{
    internal static void MapRuns(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/actions/runs", (Call call, RunAnswer answers) => ListAsync(call, answers, call.State.WorkflowRuns));
        repo.MapGet("/actions/workflows/{id}/runs", (Call call, RunAnswer answers) =>
            ListAsync(call, answers, call.State.WorkflowRuns.Where(run => WorkflowEndpoints.Is(call, run.Path))));
        repo.MapGet("/actions/runs/{id:int}", async (Call call, int id, RunAnswer answers) =>
            call.Run(id) is { } run ? call.Ok(await answers.RunAsync(call.Repository, run)) : GitHubErrors.NotFound());
        repo.MapGet("/actions/runs/{id:int}/jobs", (Call call, int id, RunAnswer answers) => call.Run(id) is { } run
            ? Jobs(call, answers, run, call.Query("filter") == "all" ? run.Jobs : run.LatestJobs)
            : GitHubErrors.NotFound());
        repo.MapGet("/actions/runs/{id:int}/attempts/{attempt:int}/jobs", (Call call, int id, int attempt, RunAnswer answers) =>
            call.Run(id) is { } run && attempt >= 1 && attempt <= run.Attempt
                ? Jobs(call, answers, run, run.Jobs.Where(job => job.Attempt <= attempt).GroupBy(job => job.Name).Select(jobs => jobs.Last()))
                : GitHubErrors.NotFound());
        repo.MapGet("/actions/jobs/{id:int}", (Call call, int id, RunAnswer answers) =>
            call.Job(id) is var (run, job) ? call.Ok(answers.Job(call.Repository, run, job)) : GitHubErrors.NotFound());
    }

    internal static WorkflowRun? Run(this Call call, int id) => call.State.WorkflowRuns.FirstOrDefault(run => run.Id == id);

    internal static (WorkflowRun Run, WorkflowJob Job)? Job(this Call call, int id)
    {
        foreach (var run in call.State.WorkflowRuns)
        {
            if (run.Jobs.FirstOrDefault(job => job.Id == id) is { } found)
                return (run, found);
        }

        return null;
    }

    private static async Task<IResult> ListAsync(Call call, RunAnswer answers, IEnumerable<WorkflowRun> runs)
    {
        var wanted = RunFilter.Apply(call, runs);
        var page = new List<object>();
        foreach (var run in Paging.Cut(call.Http, wanted))
            page.Add(await answers.RunAsync(call.Repository, run));
        return call.Ok(new { total_count = wanted.Count, workflow_runs = page });
    }

    private static IResult Jobs(Call call, RunAnswer answers, WorkflowRun run, IEnumerable<WorkflowJob> jobs)
    {
        var wanted = jobs.ToList();
        return call.Ok(new { total_count = wanted.Count, jobs = Paging.Cut(call.Http, wanted).Select(job => answers.Job(call.Repository, run, job)) });
    }
}
