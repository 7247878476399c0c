using ReleaseDashboard.Sandbox.GitHub.Actions.Files;
using ReleaseDashboard.Sandbox.GitHub.Actions.Rest;
using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Webhooks;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Runs;

/// <summary>Events about runs and jobs.</summary>
internal sealed class RunEvents(Outbox outbox, RunAnswer answers, GitHubUrls urls)
{
    /// <param name="repository">Where it runs.</param>
    /// <param name="run">The run.</param>
    /// <param name="action"><c>requested</c>, <c>in_progress</c> or <c>completed</c>.</param>
    public async Task SendRunAsync(SandboxRepository repository, WorkflowRun run, string action) => outbox.Send(
        repository,
        "workflow_run",
        new
        {
            action,
            workflow_run = await answers.RunAsync(repository, run),
            workflow = WorkflowAnswer.Of(urls, repository, new FoundWorkflow(run.Path, new WorkflowFile(run.Path, run.Name, null, new WorkflowTriggers(null, null, null), []), null)),
            repository = RepositoryAnswer.Of(urls, repository),
            sender = UserAnswer.Of(urls, run.TriggeringActor),
        });

    /// <param name="repository">Where it runs.</param>
    /// <param name="run">The run.</param>
    /// <param name="job">One of its jobs.</param>
    /// <param name="action"><c>queued</c>, <c>in_progress</c> or <c>completed</c>.</param>
    public void SendJob(SandboxRepository repository, WorkflowRun run, WorkflowJob job, string action) => outbox.Send(
        repository,
        "workflow_job",
        new
        {
            action,
            workflow_job = answers.Job(repository, run, job),
            repository = RepositoryAnswer.Of(urls, repository),
            sender = UserAnswer.Of(urls, run.TriggeringActor),
        });
}
