using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>Logs. The API leads to an address that needs no token, and has none before the job is over, both as GitHub does.</summary>
internal static class LogEndpoints
{
    internal static void MapLogs(this IEndpointRouteBuilder repo)
    {
        repo.MapGet("/actions/jobs/{id:int}/logs", (Call call, int id, GitHubUrls urls) =>
            call.Job(id) is var (_, job) && job is { Status: "completed", Conclusion: not "skipped" }
                ? Results.Redirect($"{urls.Root}/actions-logs/{call.Repository.FullName}/{id}.txt")
                : GitHubErrors.NotFound());
        repo.MapGet("/actions/runs/{id:int}/logs", (Call call, int id, GitHubUrls urls) => call.Run(id) is { Status: "completed" }
            ? Results.Redirect($"{urls.Root}/actions-logs/{call.Repository.FullName}/{id}.zip")
            : GitHubErrors.NotFound());
    }

    internal static void MapLogFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/actions-logs/{owner}/{repo}/{id:int}.txt", (SandboxRepositories all, string owner, string repo, int id) =>
            all.Find(owner, repo) is { } repository && repository.State.WorkflowRuns.SelectMany(run => run.Jobs).FirstOrDefault(job => job.Id == id) is { } job
                ? Results.Text(StepLog.Read(repository, job), "text/plain; charset=utf-8")
                : Results.NotFound());
        app.MapGet("/actions-logs/{owner}/{repo}/{id:int}.zip", (SandboxRepositories all, string owner, string repo, int id) =>
            all.Find(owner, repo) is { } repository && repository.State.WorkflowRuns.FirstOrDefault(run => run.Id == id) is { } run
                ? Results.Bytes(Zip(repository, run), "application/zip", $"logs_{id}.zip")
                : Results.NotFound());
    }

    private static byte[] Zip(SandboxRepository repository, WorkflowRun run)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (job, at) in run.LatestJobs.Select((job, at) => (job, at)))
            {
                using var entry = new StreamWriter(zip.CreateEntry($"{at}_{job.Name.Replace('/', '_')}.txt").Open());
                entry.Write(StepLog.Read(repository, job));
            }
        }

        return packed.ToArray();
    }
}
