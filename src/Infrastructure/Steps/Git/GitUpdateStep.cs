using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Git;

/// <summary>
/// Fetches everything and brings the development branch up to date. A dirty work tree, local commits and a branch that was
/// rewritten since the plan was made stop it: each would put something into the release that nobody has looked at.
/// </summary>
internal sealed class GitUpdateStep(ReleaseWorkspaces workspaces) : IStep
{
    /// <summary>Output that a later push expects on the remote.</summary>
    public const string DevAfter = "dev_after";

    public StepKindDescription Description { get; } = new("git.update", "Brings the branch up to date.", StepEffect.Local)
    {
        Inputs = [new InputDescription("branch", ValueKind.Text, "The branch to work on.", Required: true)],
        Outputs =
        [
            new OutputDescription("commit", ValueKind.Text, "Head of the branch, up to date."),
            new OutputDescription("dev_before", ValueKind.Text, "Head of the branch before."),
            new OutputDescription(DevAfter, ValueKind.Text, "Head of the branch after, as on the remote."),
            new OutputDescription("main_before", ValueKind.Text, "Head of the released branch as it was known before."),
            new OutputDescription("main_after", ValueKind.Text, "Head of the released branch on the remote."),
        ],
    };

    private sealed record Look(GitRepository Repository, CommitSha Local, CommitSha Dev, CommitSha MainBefore, CommitSha Main, int SincePlan);

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!workspace.IsOk)
            return new Observation.Failed(workspace.Error);
        if (!workspace.Value.Exists)
            return new Observation.NotDone();
        var look = await LookAsync(context, workspace.Value, cancellationToken);
        if (!look.IsOk)
            return new Observation.Failed(look.Error);
        return look.Value.Local == look.Value.Dev ? new Observation.Done(Proof(context, look.Value)) : new Observation.NotDone();
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var branch = context.Inputs.Required("branch");
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"$ git clone --no-recurse-submodules --branch {branch} -- {context.Facts.Project.Settings.GitUrl} repository", "only where this worker has no clone yet"),
                new PlanLine(PlanPhase.Check, "$ git status --porcelain=v2 --branch", "nothing changed, no commits that the remote lacks"),
                new PlanLine(PlanPhase.Act, "$ git fetch --prune --tags --force -- origin"),
                new PlanLine(PlanPhase.Act, $"$ git merge --ff-only --no-overwrite-ignore refs/remotes/origin/{branch}", $"{branch} descends from {context.Facts.BaseCommit[..8]}"),
                new PlanLine(PlanPhase.Verify, "$ git rev-parse HEAD", $"the head of {branch} on the remote"),
            ],
            []));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!workspace.IsOk)
            return new ActResult.Failed(workspace.Error);
        var opened = await workspace.Value.OpenAsync(cancellationToken);
        if (!opened.IsOk)
            return new ActResult.Failed(opened.Error);
        var look = await LookAsync(context, workspace.Value, cancellationToken);
        if (!look.IsOk)
            return new ActResult.Failed(look.Error);
        var moved = await opened.Value.FastForwardAsync(look.Value.Dev, cancellationToken);
        return moved.IsOk ? new ActResult.Acted(Proof(context, look.Value)) : GitStepErrors.Acted(moved.Error, cancellationToken);
    }

    public async Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken)
    {
        var observation = await ObserveAsync(context, cancellationToken);
        // What it was before is only known while acting.
        return observation is Observation.Done done && acted[DevAfter] == done.Evidence[DevAfter] ? new Observation.Done(acted) : observation;
    }

    private static async Task<Result<Look, StepError>> LookAsync(StepContext context, ReleaseWorkspace workspace, CancellationToken cancellationToken)
    {
        var branch = GitInputs.Branch(context.Inputs, "branch");
        if (!branch.IsOk)
            return branch.Error;
        var opened = await workspace.OpenAsync(cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        var repository = opened.Value;
        var main = BranchName.Parse(context.Facts.Project.Settings.MainBranch);
        var mainBefore = await repository.ResolveAsync(main.RemoteRef(GitRepository.Origin), cancellationToken);
        var fetched = await repository.FetchAsync(cancellationToken);
        if (!fetched.IsOk)
            return GitStepErrors.Of(fetched.Error, cancellationToken);
        var status = await repository.StatusAsync(cancellationToken);
        if (!status.IsOk)
            return GitStepErrors.Of(status.Error, cancellationToken);
        if (!status.Value.IsClean)
            return WorkTreeErrors.Dirty(status.Value);
        if (status.Value.Branch != branch.Value)
            return WorkTreeErrors.OtherBranch(status.Value, branch.Value);
        var local = await repository.ResolveAsync(Revision.Head, cancellationToken);
        var dev = await repository.ResolveAsync(branch.Value.RemoteRef(GitRepository.Origin), cancellationToken);
        var mainAfter = await repository.ResolveAsync(main.RemoteRef(GitRepository.Origin), cancellationToken);
        if (!local.IsOk || !dev.IsOk || !mainAfter.IsOk)
            return GitStepErrors.Of((local.Error ?? dev.Error ?? mainAfter.Error)!, cancellationToken);
        var forward = await repository.IsAncestorAsync(local.Value, dev.Value, cancellationToken);
        if (!forward.IsOk)
            return GitStepErrors.Of(forward.Error, cancellationToken);
        if (!forward.Value)
            return WorkTreeErrors.Diverged(branch.Value, local.Value, dev.Value);
        var since = await SincePlanAsync(context, repository, branch.Value, dev.Value, cancellationToken);
        return since.IsOk
            ? new Look(repository, local.Value, dev.Value, mainBefore.IsOk ? mainBefore.Value : mainAfter.Value, mainAfter.Value, since.Value)
            : since.Error;
    }

    /// <summary>How many commits came since the plan was made; rewritten history is an error.</summary>
    private static async Task<Result<int, StepError>> SincePlanAsync(
        StepContext context, GitRepository repository, BranchName branch, CommitSha dev, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(context.Facts.BaseCommit, out var planned) || planned == dev)
            return 0;
        var counts = await repository.DivergenceAsync(planned, dev, cancellationToken);
        // The planned commit may be gone altogether after a rewrite.
        if (!counts.IsOk && counts.Error.Kind is not (GitFailure.RefNotFound or GitFailure.Other))
            return GitStepErrors.Of(counts.Error, cancellationToken);
        return counts is { IsOk: true, Value.Ahead: 0 } ? counts.Value.Behind : WorkTreeErrors.Rewritten(branch, planned, dev);
    }

    private static Evidence Proof(StepContext context, Look look)
    {
        List<EvidenceItem> items =
        [
            new("commit", EvidenceKind.Commit, look.Dev.Value),
            new("dev_before", EvidenceKind.Commit, look.Local.Value),
            new(DevAfter, EvidenceKind.Commit, look.Dev.Value),
            new("main_before", EvidenceKind.Commit, look.MainBefore.Value),
            new("main_after", EvidenceKind.Commit, look.Main.Value),
        ];
        if (look.SincePlan > 0)
            items.Add(new EvidenceItem("since_plan", EvidenceKind.Text, $"{look.SincePlan} new on the branch since the plan was made at {context.Facts.BaseCommit[..8]}"));
        return new Evidence(items);
    }
}
