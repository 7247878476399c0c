using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Pages;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>Plain pages of runs and jobs, behind the links of answers.</summary>
internal static class RunPages
{
    internal static void MapRunPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/{owner}/{repo}/actions", (SandboxRepositories all, string owner, string repo) =>
            all.Find(owner, repo) is { } repository ? All(repository).Answer() : Results.NotFound());
        app.MapGet("/{owner}/{repo}/actions/runs/{id:int}", (SandboxRepositories all, string owner, string repo, int id) =>
            all.Find(owner, repo) is { } repository && repository.State.WorkflowRuns.FirstOrDefault(run => run.Id == id) is { } run
                ? Run(repository, run).Answer()
                : Results.NotFound());
        app.MapGet("/{owner}/{repo}/actions/runs/{id:int}/job/{job:int}", (SandboxRepositories all, string owner, string repo, int id, int job) =>
            all.Find(owner, repo) is { } repository && repository.State.WorkflowRuns.FirstOrDefault(run => run.Id == id)?.Jobs.FirstOrDefault(found => found.Id == job) is { } found
                ? Job(repository, id, found).Answer()
                : Results.NotFound());
    }

    private static Page All(SandboxRepository repository) => new Page($"Workflow runs of {repository.FullName}")
        .Link(repository.FullName, "/" + repository.FullName)
        .List("Runs", repository.State.WorkflowRuns.Reverse().Select(run =>
            ($"{run.Name} #{run.Number}: {run.Title}, {run.Conclusion ?? run.Status}", (string?)$"/{repository.FullName}/actions/runs/{run.Id}")));

    private static Page Run(SandboxRepository repository, WorkflowRun run) => new Page($"{run.Name} #{run.Number}: {run.Title}")
        .Link(repository.FullName, "/" + repository.FullName)
        .Text($"{run.Conclusion ?? run.Status}, attempt {run.Attempt}, {run.Event} on {run.HeadBranch} by {run.TriggeringActor}")
        .Link($"Commit {run.HeadSha}", $"/{repository.FullName}/commit/{run.HeadSha}")
        .List("Jobs", run.LatestJobs.Select(job => ($"{job.Name}: {job.Conclusion ?? job.Status}", (string?)$"/{repository.FullName}/actions/runs/{run.Id}/job/{job.Id}")));

    private static Page Job(SandboxRepository repository, int run, WorkflowJob job) => new Page($"{job.Name}: {job.Conclusion ?? job.Status}")
        .Link("All jobs", $"/{repository.FullName}/actions/runs/{run}")
        .List("Steps", job.Steps.Select(step => ($"{step.Name}: {step.Conclusion ?? step.Status}", (string?)null)))
        .Block(StepLog.Read(repository, job));
}
