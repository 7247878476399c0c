using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Rest;

/// <summary>Running again, and cancelling.</summary>
internal static class RunWrites
{
    internal static void MapRunWrites(this IEndpointRouteBuilder repo)
    {
        repo.MapPost("/actions/runs/{id:int}/rerun", (Call call, int id, WorkflowStarter starter) => RerunAsync(call, id, starter, _ => true));
        repo.MapPost("/actions/runs/{id:int}/rerun-failed-jobs", (Call call, int id, WorkflowStarter starter) =>
            RerunAsync(call, id, starter, job => job.Conclusion is not ("success" or "skipped")));
        repo.MapPost("/actions/jobs/{id:int}/rerun", (Call call, int id, WorkflowStarter starter) => call.Job(id) is var (run, wanted)
            ? RerunAsync(call, run.Id, starter, job => job.Name == wanted.Name)
            : Task.FromResult(GitHubErrors.NotFound()));
        repo.MapPost("/actions/runs/{id:int}/cancel", CancelAsync);
        repo.MapPost("/actions/runs/{id:int}/force-cancel", CancelAsync);
    }

    private static async Task<IResult> RerunAsync(Call call, int id, WorkflowStarter starter, Func<WorkflowJob, bool> again)
    {
        using var turn = await call.Repository.EnterAsync();
        if (call.Run(id) is not { } run)
            return GitHubErrors.NotFound();
        if (run.Status != "completed")
            return GitHubErrors.Answer(403, "This workflow is already running");
        if (run.Jobs.Count == 0)
            return GitHubErrors.Answer(403, "This workflow run cannot be retried");
        if (!run.LatestJobs.Any(again))
            return GitHubErrors.Answer(403, "This workflow run has no failed jobs");
        await starter.RerunAsync_NeedsTurn(call.Repository, run, again, call.Writer);
        return call.Ok(new { }, 201);
    }

    private static async Task<IResult> CancelAsync(Call call, int id, WorkflowClock clock, EffectLog effects, TimeProvider time)
    {
        using var turn = await call.Repository.EnterAsync();
        if (call.Run(id) is not { } run)
            return GitHubErrors.NotFound();
        if (run.Status == "completed")
            return GitHubErrors.Answer(409, "Cannot cancel a workflow run that is completed.");
        await call.RecordAsync(effects, "run.cancel", $"{call.Repository.FullName} {run.Path} #{run.Number}", run.HeadSha);
        await clock.ChangeAsync_NeedsTurn(call.Repository, id, now => RunProgress.Cancel(now, time.GetUtcNow()));
        return call.Ok(new { }, 202);
    }
}
