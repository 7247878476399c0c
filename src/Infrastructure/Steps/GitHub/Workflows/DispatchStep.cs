using System.Globalization;
using System.Text.Json;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub.Workflows;

/// <summary>
/// Starts a workflow by dispatch, once. The run is known again by the tag in its title (<c>run-name</c>), also when the answer
/// was lost.
/// </summary>
internal sealed class DispatchStep(GitHubAccess access) : GitHubStep(access, "Actions: read and write")
{
    // The clocks of two servers differ; a run of the same tag from before the release is another one's. Counted from the release and
    // not from the step: a retry begins the step anew, and must find what the try before has started.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    // A run appears a moment after it was asked for.
    private const int Looks = 10;

    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(500);

    public override StepKindDescription Description { get; } = new("github.dispatch", "Starts a workflow, also one of another repository", StepEffect.Outside)
    {
        Inputs =
        [
            .. WorkflowTarget.Inputs,
            new InputDescription("branch", ValueKind.Text, "The branch whose workflow file runs", Required: true),
            new InputDescription("inputs", ValueKind.List, "What it is given, as NAME=VALUE", Default: new InputValue.List([])),
        ],
        Outputs =
        [
            new OutputDescription("run", ValueKind.Number, "GitHub's number for the run"),
            new OutputDescription("url", ValueKind.Text, "Where people look at it"),
        ],
    };

    public override Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var api = $"/repos/{context.Inputs.Text("repository") ?? context.Facts.Project.Repository}/actions/workflows/{context.Inputs.Text("workflow")}";
        var body = JsonSerializer.Serialize(new { @ref = context.Inputs.Text("branch"), inputs = Given(context.Inputs) });
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"GET {api}/runs?event=workflow_dispatch", $"none that names {context.Inputs.Text("ref")}"),
                new PlanLine(PlanPhase.Act, $"POST {api}/dispatches {body}"),
                new PlanLine(PlanPhase.Verify, $"GET {api}/runs?event=workflow_dispatch", $"one that names {context.Inputs.Text("ref")}"),
            ],
            []));
    }

    protected override async Task<Observation> LookAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var target = WorkflowTarget.Read(context, session);
        if (!target.IsOk)
            return new Observation.Failed(target.Error);
        var found = await FindAsync(context, session, target.Value, cancellationToken);
        return !found.IsOk ? Unseen(found.Error)
            : found.Value is { } run ? new Observation.Done(Proof(run.Id, run.HtmlUrl))
            : new Observation.NotDone();
    }

    protected override async Task<ActResult> ChangeAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var target = WorkflowTarget.Read(context, session);
        if (!target.IsOk)
            return new ActResult.Failed(target.Error);
        var (repository, workflow) = (target.Value.Repository, target.Value.Workflow);
        context.Log.Write($"POST /repos/{repository}/actions/workflows/{workflow}/dispatches");
        var started = await session.Client.DispatchAsync(repository, workflow, context.Inputs.Required("branch"), Given(context.Inputs), cancellationToken);
        if (!started.IsOk)
            return Unwritten(started.Error);
        return started.Value is { } told ? new ActResult.Acted(Proof(told.WorkflowRunId, told.HtmlUrl)) : new ActResult.Acted();
    }

    public override async Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken)
    {
        if (acted["run"] is not null)
            return new Observation.Done(acted);
        Observation seen = new Observation.NotDone();
        for (var look = 0; look < Looks; look++)
        {
            seen = await ObserveAsync(context, cancellationToken);
            if (seen is not Observation.NotDone)
                return seen;
            await Task.Delay(LookPause, cancellationToken);
        }
        return new Observation.Unknown(new StepError(
            "run-not-recognised",
            $"{context.Inputs.Required("workflow")} was started, but its run cannot be recognised.",
            $"No run of it has {context.Inputs.Text("ref")} in its title.",
            "Give the workflow a run-name that holds the tag. For this release: find the run on GitHub, and mark this step as done by hand with its address."));
    }

    private static async Task<Result<GitHubWorkflowRun?, GitHubError>> FindAsync(
        StepContext context, GitHubSession session, WorkflowTarget target, CancellationToken cancellationToken)
    {
        var runs = await session.Client.WorkflowRunsAsync(
            target.Repository, target.Workflow, "workflow_dispatch", null, context.Facts.StartedAt - Skew, cancellationToken);
        return runs.Map(all => all.FirstOrDefault(target.IsNamedBy));
    }

    private static Evidence Proof(long run, string? url) => Evidence.Of(
        new EvidenceItem("run", EvidenceKind.Text, run.ToString(CultureInfo.InvariantCulture), url),
        new EvidenceItem("url", EvidenceKind.Link, url ?? "", url));

    private static Dictionary<string, string> Given(StepInputs inputs) =>
        inputs.List("inputs").Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0].Trim(), pair => pair[1]);
}
