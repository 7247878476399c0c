using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Versions;

/// <summary>Sets the version that development goes on with, commits it right after the release and pushes it.</summary>
internal sealed class VersionNextStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("version.next", "Sets, commits and pushes the next version.", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("branch", ValueKind.Text, "The branch.", Required: true),
            new InputDescription("from", ValueKind.Text, "The commit it must point to before.", Required: true),
            new InputDescription("version", ValueKind.Text, "The version to write.", Required: true),
            new InputDescription("file", ValueKind.Text, "The file that holds the constant.", Required: true),
            new InputDescription("constant", ValueKind.Text, "Its name.", Required: true),
            new InputDescription("message", ValueKind.Text, "The commit message.", Required: true),
        ],
        Outputs =
        [
            new OutputDescription("commit", ValueKind.Text, "The new head of the branch."),
            new OutputDescription("parent", ValueKind.Text, "The commit before it."),
            new OutputDescription("after", ValueKind.Text, "The version there."),
        ],
    };

    private sealed record Wish(BranchName Branch, CommitSha From, PythonVersion Version, VersionMention Mention);

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var read = Read(context.Inputs);
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!read.IsOk || !workspace.IsOk)
            return new Observation.Failed((read.Error ?? workspace.Error)!);
        var wish = read.Value;
        var heads = await workspace.Value.HeadsAsync([wish.Branch], cancellationToken);
        if (!heads.IsOk)
            return GitStepErrors.Seen(heads.Error, cancellationToken);
        if (heads.Value[0] is not { } head)
            return Moved(wish, null);
        if (head == wish.From)
            return new Observation.NotDone();
        var opened = await workspace.Value.OpenAsync(cancellationToken);
        if (!opened.IsOk)
            return new Observation.Failed(opened.Error);
        var fetched = await opened.Value.FetchAsync(cancellationToken);
        var log = await opened.Value.LogAsync(head, null, 1, cancellationToken);
        var file = await opened.Value.ReadFileAsync(head, wish.Mention.Path, cancellationToken);
        if (!fetched.IsOk || !log.IsOk || !file.IsOk)
            return GitStepErrors.Seen((fetched.Error ?? log.Error ?? file.Error)!, cancellationToken);
        var isOurs = log.Value[0].Parents is [var parent] && parent == wish.From
            && VersionEdit.Replace(wish.Mention, file.Value ?? "", wish.Version) is { IsOk: true } there && there.Value.Before == wish.Version.ToString();
        if (!isOurs)
            return Moved(wish, head);
        var diff = await opened.Value.DiffAsync(wish.From, head, [], cancellationToken);
        if (!diff.IsOk)
            return GitStepErrors.Seen(diff.Error, cancellationToken);
        return new Observation.Done(Evidence.Of(
            new EvidenceItem("commit", EvidenceKind.Commit, head.Value),
            new EvidenceItem("parent", EvidenceKind.Commit, wish.From.Value),
            new EvidenceItem("after", EvidenceKind.Text, wish.Version.ToString()),
            new EvidenceItem("diff", EvidenceKind.Diff, diff.Value)));
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var inputs = context.Inputs;
        var branch = inputs.Required("branch");
        var look = $"$ git ls-remote -- {context.Facts.Project.Settings.GitUrl} refs/heads/{branch}";
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, look, inputs.Required("from")),
                new PlanLine(PlanPhase.Act, "$ git fetch --prune --tags --force -- origin"),
                new PlanLine(PlanPhase.Act, $"$ git worktree add --detach -- build {inputs.Required("from")}"),
                new PlanLine(PlanPhase.Act, $"set {inputs.Required("constant")} in {inputs.Required("file")} to {inputs.Required("version")}"),
                new PlanLine(PlanPhase.Act, "$ git commit --no-verify --cleanup=verbatim --file=-", inputs.Required("message")),
                new PlanLine(PlanPhase.Act, $"$ git push --porcelain --atomic --no-verify --force-with-lease=refs/heads/{branch}:{inputs.Required("from")} -- origin ‹commit›:refs/heads/{branch}"),
                new PlanLine(PlanPhase.Verify, look, "the commit, its parent and the constant in it"),
            ],
            []));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var read = Read(context.Inputs);
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!read.IsOk || !workspace.IsOk)
            return new ActResult.Failed((read.Error ?? workspace.Error)!);
        var wish = read.Value;
        var opened = await workspace.Value.OpenAsync(cancellationToken);
        if (!opened.IsOk)
            return new ActResult.Failed(opened.Error);
        var repository = opened.Value;
        var fetched = await repository.FetchAsync(cancellationToken);
        if (!fetched.IsOk)
            return GitStepErrors.Acted(fetched.Error, cancellationToken);
        // A clean checkout of its own: what an attempt that was cut off left in the clone does not matter here.
        var checkout = await workspace.Value.CheckoutAsync(wish.From, cancellationToken);
        if (!checkout.IsOk)
            return new ActResult.Failed(checkout.Error);
        var edit = await VersionEdit.ReadAsync(checkout.Value, wish.Mention, wish.Version, cancellationToken);
        if (!edit.IsOk)
            return new ActResult.Failed(edit.Error);
        if (edit.Value.IsDone)
            return new ActResult.Failed(new StepError("nothing-to-set", $"{wish.Mention.Path} names {wish.Version} already.", "The released commit has the next version in it.", "Look at what was merged, then mark this step as done by hand."));
        WorkspaceFile.Write(checkout.Value.Path, edit.Value.Path, edit.Value.After);
        context.Log.Write($"{edit.Value.Path}:{edit.Value.Line}: {edit.Value.Before} → {wish.Version}");
        var committed = await checkout.Value.CommitAsync(context.Inputs.Required("message").TrimEnd() + "\n", Committer.Of(context.Facts), [edit.Value.Path], cancellationToken);
        if (!committed.IsOk)
            return GitStepErrors.Acted(committed.Error, cancellationToken);
        var pushed = await repository.PushAsync([new GitPush(committed.Value, wish.Branch.Ref, wish.From)], cancellationToken);
        return pushed.IsOk ? new ActResult.Acted() : GitStepErrors.Pushed(pushed.Error, cancellationToken);
    }

    private static Result<Wish, StepError> Read(StepInputs inputs)
    {
        var branch = GitInputs.Branch(inputs, "branch");
        var from = GitInputs.Commit(inputs, "from");
        var version = GitInputs.Version(inputs, "version");
        return (branch.Error ?? from.Error ?? version.Error) is { } error
            ? error
            : new Wish(branch.Value, from.Value, version.Value, new VersionMention(inputs.Required("file"), inputs.Required("constant"), null, VersionExpectation.Next));
    }

    private static Observation.Different Moved(Wish wish, CommitSha? head) => new(
        new StepError(
            "remote-moved",
            $"Somebody else has pushed to {wish.Branch}.",
            head is null ? "The branch is not there." : $"It is at {head.Abbreviated}, which is neither {wish.From.Abbreviated} nor one commit after it with {wish.Version}.",
            $"Set {wish.Version} on the branch by hand if it is not there, then mark this step as done by hand."),
        head is null ? Evidence.None : Evidence.Of(new EvidenceItem("remote", EvidenceKind.Commit, head.Value)));
}
