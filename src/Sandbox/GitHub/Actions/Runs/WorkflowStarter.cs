using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.GitHub.Actions.Files;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>Starts the workflows of a repository when what they wait for happens.</summary>
internal sealed class WorkflowStarter(JobMaker maker, RunEvents events, CheckEvents checks, EffectLog effects, TimeProvider time)
{
    /// <summary>Starts what a pull request starts.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="pull">The pull request as it is now.</param>
    /// <param name="type"><c>opened</c>, <c>synchronize</c> or <c>reopened</c>.</param>
    /// <param name="actor">Who did it; null at a start.</param>
    /// <returns>Whether the repository has workflows at all; then it needs no scripted checks.</returns>
    public async Task<bool> PullAsync_NeedsTurn(SandboxRepository repository, PullRequest pull, string type, Persona? actor)
    {
        var found = await WorkflowCatalog.ReadAsync(repository.Git, pull.HeadSha);
        var cause = new RunCause(
            "pull_request", pull.Head, $"refs/pull/{pull.Number}/merge", pull.HeadSha, actor?.Login ?? pull.Author, pull.Title, pull);
        foreach (var workflow in found.Where(workflow => workflow.File is null || workflow.File.Triggers.Pull?.Takes(pull.Base, type) == true))
            await StartAsync_NeedsTurn(repository, workflow, cause);
        return found.Count > 0;
    }

    /// <summary>Starts what a pushed branch or tag starts.</summary>
    public async Task PushAsync_NeedsTurn(SandboxRepository repository, RefChange change, Persona? actor)
    {
        if (change.After is null || await repository.Git.ResolveAsync(change.After) is not { } sha)
            return;
        var found = await WorkflowCatalog.ReadAsync(repository.Git, sha);
        if (found.Count == 0)
            return;
        var branch = change.Name[(change.Name.IndexOf('/', "refs/".Length) + 1)..];
        var subject = (await repository.Git.CommitAsync(sha))!.Message.Split('\n')[0];
        var cause = new RunCause("push", branch, change.Name, sha, actor?.Login ?? repository.State.Owner, subject);
        foreach (var workflow in found.Where(workflow => workflow.File?.Triggers.Push?.Takes(change.Name) == true))
            await StartAsync_NeedsTurn(repository, workflow, cause);
    }

    /// <summary>Starts a workflow.</summary>
    public async Task<WorkflowRun> StartAsync_NeedsTurn(SandboxRepository repository, FoundWorkflow workflow, RunCause cause)
    {
        var state = repository.State;
        var now = time.GetUtcNow();
        var number = state.WorkflowRuns.Count(other => other.Path == workflow.Path) + 1;
        var facts = cause.Facts(repository, number);
        var id = state.NextId; // the run's, then its suite's, then those of the jobs
        List<WorkflowJob> jobs = workflow.File is null ? [] : [.. maker.Make(repository, workflow.File, facts, id + 2)];
        var name = workflow.File?.Name ?? workflow.Path;
        var run = new WorkflowRun
        {
            Id = id,
            Number = number,
            Workflow = WorkflowCatalog.IdOf(repository, workflow.Path),
            Path = workflow.Path,
            Name = name,
            Title = workflow.File?.RunName is { } title ? WorkflowExpressions.Expand(title, facts) : cause.Title ?? name,
            Event = cause.Event,
            HeadBranch = cause.Branch,
            HeadSha = cause.Sha,
            Suite = id + 1,
            Actor = cause.Actor,
            TriggeringActor = cause.Actor,
            CreatedAt = now,
            StartedAt = now,
            UpdatedAt = now,
            Pull = cause.Pull?.Number,
            Jobs = [.. jobs],
            // A file that is no workflow still shows, as a run that could not start.
            Status = workflow.File is null ? "completed" : "queued",
            Conclusion = workflow.File is null ? "startup_failure" : null,
        };
        repository.Save_NeedsTurn(state with
        {
            LastId = state.LastId + 2 + jobs.Count,
            WorkflowRuns = state.WorkflowRuns.Add(run),
            CheckRuns = state.CheckRuns.AddRange(jobs.Select(job => CheckOf(run, job))),
        });
        await effects.AppendAsync(new Effect("github", "run.start", $"{repository.FullName} {run.Path} #{run.Number}", run.HeadSha, cause.Actor));
        await AnnounceAsync(repository, run, jobs);
        return run;
    }

    /// <summary>Starts a run once more, with some of its jobs.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="run">A completed run.</param>
    /// <param name="again">The jobs to run; those that need one of them run as well.</param>
    /// <param name="actor">Who asks for it.</param>
    public async Task RerunAsync_NeedsTurn(SandboxRepository repository, WorkflowRun run, Func<WorkflowJob, bool> again, Persona actor)
    {
        var state = repository.State;
        var wanted = new HashSet<string>();
        var latest = run.LatestJobs.ToList();
        foreach (var job in latest.Where(job => again(job) || job.Needs.Any(need => latest.Any(other => other.Key == need && wanted.Contains(other.Name)))))
            wanted.Add(job.Name);
        var now = time.GetUtcNow();
        var fileName = run.Path[(run.Path.LastIndexOf('/') + 1)..];
        var jobs = latest.Where(job => wanted.Contains(job.Name))
            .Select((job, at) => maker.Again(repository, fileName, job, state.NextId + at, run.Attempt + 1)).ToList();
        var next = run with
        {
            Attempt = run.Attempt + 1,
            Status = "queued",
            Conclusion = null,
            TriggeringActor = actor.Login,
            StartedAt = now,
            UpdatedAt = now,
            Jobs = run.Jobs.AddRange(jobs),
        };
        repository.Save_NeedsTurn(state with
        {
            LastId = state.LastId + jobs.Count,
            WorkflowRuns = state.WorkflowRuns.Replace(run, next),
            CheckRuns = state.CheckRuns.AddRange(jobs.Select(job => CheckOf(next, job))),
        });
        await effects.AppendAsync(new Effect(
            "github", "run.rerun", $"{repository.FullName} {run.Path} #{run.Number} attempt {next.Attempt}", run.HeadSha, actor.Login));
        await AnnounceAsync(repository, next, jobs);
    }

    private async Task AnnounceAsync(SandboxRepository repository, WorkflowRun run, IReadOnlyList<WorkflowJob> jobs)
    {
        await events.SendRunAsync(repository, run, "requested");
        if (run.Status == "completed")
            await events.SendRunAsync(repository, run, "completed");
        if (jobs.Count > 0)
            await checks.SendSuiteAsync(repository, run.Suite, "requested");
        foreach (var job in jobs)
        {
            events.SendJob(repository, run, job, "queued");
            checks.SendRun(repository, repository.State.CheckRuns.Single(check => check.Id == job.Id), "created");
        }
    }

    private static CheckRun CheckOf(WorkflowRun run, WorkflowJob job) =>
        new() { Id = job.Id, Suite = run.Suite, Name = job.Name, Sha = run.HeadSha, Status = "queued", StartedAt = run.StartedAt, Workflow = run.Path };
}
