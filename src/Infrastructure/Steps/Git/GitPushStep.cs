using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Git;

/// <summary>Pushes a commit to a branch, only if the branch is still where the release found it.</summary>
internal sealed class GitPushStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("git.push", "Pushes the branch.", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("branch", ValueKind.Text, "The branch to push.", Required: true),
            new InputDescription("commit", ValueKind.Text, "The commit it will point to.", Required: true),
        ],
        Outputs =
        [
            new OutputDescription("commit", ValueKind.Text, "The commit that the remote's branch points to."),
            new OutputDescription("branch", ValueKind.Text, "The branch."),
        ],
    };

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var branch = GitInputs.Branch(context.Inputs, "branch");
        var commit = GitInputs.Commit(context.Inputs, "commit");
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!branch.IsOk || !commit.IsOk || !workspace.IsOk)
            return new Observation.Failed((branch.Error ?? commit.Error ?? workspace.Error)!);
        var heads = await workspace.Value.HeadsAsync([branch.Value], cancellationToken);
        if (!heads.IsOk)
            return GitStepErrors.Seen(heads.Error, cancellationToken);
        var head = heads.Value[0];
        if (head == commit.Value)
        {
            return new Observation.Done(Evidence.Of(
                new EvidenceItem("commit", EvidenceKind.Commit, commit.Value.Value), new EvidenceItem("branch", EvidenceKind.Text, branch.Value.Value)));
        }
        if (head == Expected(context))
            return new Observation.NotDone();
        return new Observation.Different(
            new StepError(
                "remote-moved",
                $"Somebody else has pushed to {branch.Value}.",
                head is null ? "The branch is not there any more." : $"It is at {head.Abbreviated}; the release was made on {Expected(context).Abbreviated}.",
                "Look at what was pushed. To release it too, abort and start again; to leave it out, set the branch back, then retry."),
            head is null ? Evidence.None : Evidence.Of(new EvidenceItem("remote", EvidenceKind.Commit, head.Value)));
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var target = $"refs/heads/{context.Inputs.Required("branch")}";
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"$ git ls-remote -- {context.Facts.Project.Settings.GitUrl} {target}", "where the release found it"),
                new PlanLine(PlanPhase.Act, $"$ git push --porcelain --atomic --no-verify --force-with-lease={target}:‹where the release found it› -- origin {context.Inputs.Required("commit")}:{target}", "the branch only moves forward"),
                new PlanLine(PlanPhase.Verify, $"$ git ls-remote -- {context.Facts.Project.Settings.GitUrl} {target}", context.Inputs.Required("commit")),
            ],
            []));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var branch = GitInputs.Branch(context.Inputs, "branch");
        var commit = GitInputs.Commit(context.Inputs, "commit");
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        if (!branch.IsOk || !commit.IsOk || !opened.IsOk)
            return new ActResult.Failed((branch.Error ?? commit.Error ?? opened.Error)!);
        var pushed = await opened.Value.PushAsync([new GitPush(commit.Value, branch.Value.Ref, Expected(context))], cancellationToken);
        return pushed.IsOk ? new ActResult.Acted() : GitStepErrors.Pushed(pushed.Error, cancellationToken);
    }

    // Where git.update found the branch; the clone's own memory would also know what was fetched since, unseen by anybody.
    private static CommitSha Expected(StepContext context) => CommitSha.Parse(context.Find(GitUpdateStep.DevAfter) ?? context.Facts.BaseCommit);
}
