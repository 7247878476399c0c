using System.Globalization;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

/// <summary>Follows a run of a workflow to its end: of the commit's push or pull request, or one that was started by dispatch.</summary>
internal sealed class WorkflowStep(GitHubAccess access, TimeProvider time) : GitHubStep(access, "Actions: read")
{
    /// <summary>After so long without a run, none will come.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(2);

    public override StepKindDescription Description { get; } = new("github.workflow", "Follows a workflow run until it has passed", StepEffect.Reads)
    {
        Inputs =
        [
            .. WorkflowTarget.Inputs,
            new InputDescription("trigger", ValueKind.Text, "What starts it", Default: new InputValue.Text("push"), Choices: ["push", "pull_request", "dispatch"]),
            new InputDescription("run", ValueKind.Number, "GitHub's number for the run, where it is known"),
        ],
        Outputs =
        [
            new OutputDescription("run", ValueKind.Number, "GitHub's number for the run"),
            new OutputDescription("url", ValueKind.Text, "Where people look at it"),
        ],
    };

    public override Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var api = $"/repos/{context.Inputs.Text("repository") ?? context.Facts.Project.Repository}/actions";
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"GET {api}/workflows/{context.Inputs.Text("workflow")}/runs?event={Event(context.Inputs)}", $"one for {context.Inputs.Text("ref") ?? context.Inputs.Text("commit")}"),
                new PlanLine(PlanPhase.Check, $"GET {api}/runs/‹number›/jobs", "all passed"),
            ],
            []) { Note = "Woken by GitHub, asked again by itself after 2 s and then less often." });
    }

    protected override async Task<Observation> LookAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var target = WorkflowTarget.Read(context, session);
        if (!target.IsOk)
            return new Observation.Failed(target.Error);
        var found = await new RunSearch(session, target.Value, Event(context.Inputs), context.StepStartedAt).FindAsync(Number(context.Inputs), cancellationToken);
        if (!found.IsOk)
            return Unseen(found.Error);
        if (found.Value is not { } run)
        {
            return time.GetUtcNow() - context.StepStartedAt < Grace
                ? new Observation.Waiting($"No run of {target.Value.Workflow} has started yet", FirstPause, Evidence.None)
                : new Observation.Failed(WorkflowErrors.NoRun(target.Value, Event(context.Inputs), Grace));
        }
        // A tag or branch can be moved: a run of the same name for another commit proves nothing.
        if (target.Value.Commit is { } commit && target.Value.Repository == session.Name && run.HeadSha != commit.Value && run.Event != "workflow_dispatch")
            return new Observation.Different(WorkflowErrors.OtherCommit(target.Value, run), WorkflowProof.Of(run, []));
        var jobs = await session.Client.JobsAsync(target.Value.Repository, run.Id, cancellationToken);
        return jobs.IsOk ? await JudgeAsync(session, target.Value, run, jobs.Value, cancellationToken) : Unseen(jobs.Error);
    }

    private async Task<Observation> JudgeAsync(
        GitHubSession session, WorkflowTarget target, GitHubWorkflowRun run, IReadOnlyList<GitHubJob> jobs, CancellationToken cancellationToken)
    {
        var proof = WorkflowProof.Of(run, jobs);
        if (run.Status != "completed")
            return new Observation.Waiting(WorkflowProof.Progress(run, jobs), FirstPause, proof);
        if (run.Conclusion == "success")
            return new Observation.Done(proof);
        var red = jobs.FirstOrDefault(job => job.Status == "completed" && job.Conclusion is not ("success" or "skipped" or "neutral"));
        var log = red is null ? "" : await LogAsync(session, target, red, cancellationToken);
        return new Observation.Failed(WorkflowErrors.Red(run, red, log)) { Evidence = proof };
    }

    // The reason matters more than its proof: without the log the run's own words still stand.
    private static async Task<string> LogAsync(GitHubSession session, WorkflowTarget target, GitHubJob job, CancellationToken cancellationToken)
    {
        var log = await session.Client.JobLogAsync(target.Repository, job.Id, cancellationToken);
        return log.IsOk ? log.Value : $"Its log cannot be read: {GitHubStepErrors.Words(log.Error)}";
    }

    private static long? Number(StepInputs inputs) =>
        long.TryParse(inputs.Text("run"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Event(StepInputs inputs) => inputs.Text("trigger") switch
    {
        "dispatch" => "workflow_dispatch",
        var other => other ?? "push",
    };
}
