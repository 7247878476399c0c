using Microsoft.Extensions.Hosting;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>
/// Moves runs on when their time has come and does the real work of their steps. All of it is in the document, so a restart goes
/// on; a step that was at work then works again. Nobody else moves jobs, so a step's work is never done twice at once.
/// </summary>
internal sealed class WorkflowClock(
    SandboxRepositories repositories, IEnumerable<IStepWork> works, RunEvents events, CheckEvents checks, EffectLog effects, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var repository in repositories.All.Where(found => found.State.WorkflowRuns.Any(run => run.Status != "completed")))
                await MoveOnAsync(repository, stoppingToken);
        }
    }

    private async Task MoveOnAsync(SandboxRepository repository, CancellationToken cancellationToken)
    {
        foreach (var id in repository.State.WorkflowRuns.Where(run => run.Status != "completed").Select(run => run.Id).ToList())
        {
            await ChangeAsync(repository, id, run => RunProgress.Advance(run, time.GetUtcNow()));
            while (Working(repository, id) is { } context)
            {
                var result = await WorkAsync(context, cancellationToken);
                await ChangeAsync(repository, id, run => RunProgress.Advance(Worked(repository, run, context, result), time.GetUtcNow()));
            }
        }
    }

    private static StepWorkContext? Working(SandboxRepository repository, int id)
    {
        var run = repository.State.WorkflowRuns.Single(found => found.Id == id);
        return run.LatestJobs.Where(job => job.Status == "in_progress")
            .SelectMany(job => job.Steps.Where(step => step.Status == "in_progress" && RunProgress.IsWork(job, step)), (job, step) => new StepWorkContext(repository, run, job, step))
            .FirstOrDefault();
    }

    private async Task<StepResult> WorkAsync(StepWorkContext context, CancellationToken cancellationToken)
    {
        if (works.FirstOrDefault(work => work.Uses == context.Step.Uses) is not { } found)
            return StepResult.Failed([], $"Unable to resolve action {context.Step.Uses}: the sandbox has {string.Join(", ", works.Select(work => work.Uses))}.");
        try
        {
            return await found.RunAsync(context, cancellationToken);
        }
        catch (Exception failure) when (failure is InvalidDataException or InvalidOperationException or IOException or FormatException)
        {
            return StepResult.Failed([], failure.Message); // the job is red and says why, as on a runner
        }
    }

    private WorkflowRun Worked(SandboxRepository repository, WorkflowRun run, StepWorkContext context, StepResult result)
    {
        // Meanwhile the run may have been cancelled.
        if (run.Jobs.FirstOrDefault(job => job.Id == context.Job.Id) is not { Status: "in_progress" } job
            || job.Steps.FirstOrDefault(step => step.Number == context.Step.Number) is not { Status: "in_progress" } step)
            return run;
        var next = RunProgress.EndStep(job, step, result.Succeeded ? "success" : "failure", time.GetUtcNow());
        StepLog.Write(repository, next, next.Steps[step.Number - 1], result.Lines);
        return run with { Jobs = run.Jobs.Replace(job, next), UpdatedAt = time.GetUtcNow() };
    }

    /// <summary>Changes a run and tells of what is new in it.</summary>
    public async Task ChangeAsync(SandboxRepository repository, int id, Func<WorkflowRun, WorkflowRun> change)
    {
        using var turn = await repository.EnterAsync();
        await ChangeAsync_NeedsTurn(repository, id, change);
    }

    /// <summary>The same for who has the turn already.</summary>
    public async Task ChangeAsync_NeedsTurn(SandboxRepository repository, int id, Func<WorkflowRun, WorkflowRun> change)
    {
        var before = repository.State.WorkflowRuns.Single(run => run.Id == id);
        var after = change(before);
        if (after == before)
            return;
        var moved = after.Jobs.Zip(before.Jobs).Where(pair => pair.First != pair.Second).ToList();
        foreach (var (job, old) in moved)
            WriteLogs(repository, job, old);
        repository.Save_NeedsTurn(JobChecks.Follow(repository.State, moved.Select(pair => pair.First)) with
        {
            WorkflowRuns = repository.State.WorkflowRuns.Replace(before, after),
        });
        foreach (var (job, old) in moved.Where(pair => pair.First.Status != pair.Second.Status))
            await TellAsync(repository, after, job, old);
        if (after.Status != before.Status)
            await TellAsync(repository, before, after);
    }

    // Steps with real work have written theirs.
    private static void WriteLogs(SandboxRepository repository, WorkflowJob job, WorkflowJob old)
    {
        var ended = job.Steps.Where(step => step is { Status: "completed", Conclusion: not ("skipped" or "cancelled") } && old.Steps[step.Number - 1].Status != "completed");
        foreach (var step in ended.Where(step => !RunProgress.IsWork(job, step)))
            StepLog.Write(repository, job, step, StepLog.Simulated(job, step));
    }

    private async Task TellAsync(SandboxRepository repository, WorkflowRun run, WorkflowJob job, WorkflowJob old)
    {
        if (old.Status == "queued" && job.Conclusion != "skipped")
            events.SendJob(repository, run, job, "in_progress");
        if (job.Status != "completed")
            return;
        await effects.AppendAsync(new Effect("github", "check.complete", $"{repository.FullName} {job.Name} {job.Conclusion}", run.HeadSha));
        events.SendJob(repository, run, job, "completed");
        checks.SendRun(repository, repository.State.CheckRuns.Single(check => check.Id == job.Id), "completed");
    }

    private async Task TellAsync(SandboxRepository repository, WorkflowRun before, WorkflowRun after)
    {
        if (before.Status == "queued")
            await events.SendRunAsync(repository, after, "in_progress");
        if (after.Status != "completed")
            return;
        await effects.AppendAsync(new Effect("github", "run.complete", $"{repository.FullName} {after.Path} #{after.Number} {after.Conclusion}", after.HeadSha));
        await events.SendRunAsync(repository, after, "completed");
        await checks.SendSuiteAsync(repository, after.Suite, "completed");
    }
}
