using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Git;

/// <summary>Moves a branch forward to a commit, and proves that it and another branch point to the same one.</summary>
internal sealed class GitFastForwardStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("git.fast_forward", "Moves a branch forward to a commit.", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("branch", ValueKind.Text, "The branch.", Required: true),
            new InputDescription("from", ValueKind.Text, "Where it must point before.", Required: true),
            new InputDescription("to", ValueKind.Text, "Where it points after.", Required: true),
            new InputDescription("same_as", ValueKind.Text, "The branch that must point to the same commit.", Required: true),
        ],
        Outputs =
        [
            new OutputDescription("commit", ValueKind.Text, "Where both branches point."),
            new OutputDescription("branch_commit", ValueKind.Text, "Where the branch points."),
            new OutputDescription("same_as_commit", ValueKind.Text, "Where the other branch points."),
        ],
    };

    private sealed record Wish(BranchName Branch, BranchName SameAs, CommitSha From, CommitSha To);

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var read = Read(context);
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!read.IsOk || !workspace.IsOk)
            return new Observation.Failed((read.Error ?? workspace.Error)!);
        var wish = read.Value;
        var heads = await workspace.Value.HeadsAsync([wish.Branch, wish.SameAs], cancellationToken);
        if (!heads.IsOk)
            return GitStepErrors.Seen(heads.Error, cancellationToken);
        var (branch, sameAs) = (heads.Value[0], heads.Value[1]);
        var evidence = Evidence.Of(
            new EvidenceItem("branch_commit", EvidenceKind.Commit, branch?.Value ?? "none"),
            new EvidenceItem("same_as_commit", EvidenceKind.Commit, sameAs?.Value ?? "none"));
        if (sameAs != wish.To)
            return Different(wish.SameAs, sameAs, wish.To, evidence);
        if (branch == wish.To)
            return new Observation.Done(evidence.With(new EvidenceItem("commit", EvidenceKind.Commit, wish.To.Value)));
        return branch == wish.From ? new Observation.NotDone() : Different(wish.Branch, branch, wish.From, evidence);
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var inputs = context.Inputs;
        var target = $"refs/heads/{inputs.Required("branch")}";
        var look = $"$ git ls-remote -- {context.Facts.Project.Settings.GitUrl} {target} refs/heads/{inputs.Required("same_as")}";
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, look, $"{inputs.Required("from")} and {inputs.Required("to")}"),
                new PlanLine(PlanPhase.Act, "$ git fetch --prune --tags --force -- origin"),
                new PlanLine(PlanPhase.Act, $"$ git push --porcelain --atomic --no-verify --force-with-lease={target}:{inputs.Required("from")} -- origin {inputs.Required("to")}:{target}", "forward only"),
                new PlanLine(PlanPhase.Verify, look, $"{inputs.Required("to")} twice"),
            ],
            []));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var read = Read(context);
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!read.IsOk || !workspace.IsOk)
            return new ActResult.Failed((read.Error ?? workspace.Error)!);
        var opened = await workspace.Value.OpenAsync(cancellationToken);
        if (!opened.IsOk)
            return new ActResult.Failed(opened.Error);
        var fetched = await opened.Value.FetchAsync(cancellationToken);
        if (!fetched.IsOk)
            return GitStepErrors.Acted(fetched.Error, cancellationToken);
        var pushed = await opened.Value.PushAsync([new GitPush(read.Value.To, read.Value.Branch.Ref, read.Value.From)], cancellationToken);
        return pushed.IsOk ? new ActResult.Acted() : GitStepErrors.Pushed(pushed.Error, cancellationToken);
    }

    private static Result<Wish, StepError> Read(StepContext context)
    {
        var branch = GitInputs.Branch(context.Inputs, "branch");
        var sameAs = GitInputs.Branch(context.Inputs, "same_as");
        var from = GitInputs.Commit(context.Inputs, "from");
        var to = GitInputs.Commit(context.Inputs, "to");
        return (branch.Error ?? sameAs.Error ?? from.Error ?? to.Error) is { } error ? error : new Wish(branch.Value, sameAs.Value, from.Value, to.Value);
    }

    private static Observation.Different Different(BranchName branch, CommitSha? found, CommitSha expected, Evidence evidence) => new(
        new StepError(
            "remote-moved",
            $"{branch} is not where this release left it.",
            found is null ? "The branch is not there." : $"It is at {found.Abbreviated}, {expected.Abbreviated} was expected.",
            "Look at what was pushed, bring the two branches together by hand, then mark this step as done by hand."),
        evidence);
}
