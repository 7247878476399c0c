using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Git;

/// <summary>Puts an annotated tag on a commit and pushes it. A tag that is there is never moved.</summary>
internal sealed class GitTagStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("git.tag", "Creates and pushes an annotated tag.", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("name", ValueKind.Text, "The tag.", Required: true),
            new InputDescription("commit", ValueKind.Text, "Where it points.", Required: true),
            new InputDescription("message", ValueKind.Text, "Its message.", Required: true),
        ],
        Outputs =
        [
            new OutputDescription("tag", ValueKind.Text, "The tag."),
            new OutputDescription("commit", ValueKind.Text, "Where it points on the remote."),
            new OutputDescription("object", ValueKind.Text, "The tag object on the remote."),
        ],
    };

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var name = GitInputs.Tag(context.Inputs, "name");
        var commit = GitInputs.Commit(context.Inputs, "commit");
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!name.IsOk || !commit.IsOk || !workspace.IsOk)
            return new Observation.Failed((name.Error ?? commit.Error ?? workspace.Error)!);
        var refs = await workspace.Value.RemoteRefsAsync([name.Value.Ref], cancellationToken);
        if (!refs.IsOk)
            return GitStepErrors.Seen(refs.Error, cancellationToken);
        if (refs.Value.FirstOrDefault(entry => entry.Name == name.Value.Ref) is not { } found)
            return new Observation.NotDone();
        var evidence = Evidence.Of(
            new EvidenceItem("tag", EvidenceKind.Text, name.Value.Value),
            new EvidenceItem("commit", EvidenceKind.Commit, found.Commit.Value),
            new EvidenceItem("object", EvidenceKind.Commit, found.Sha.Value));
        return found.Commit == commit.Value
            ? new Observation.Done(evidence)
            : new Observation.Different(
                new StepError(
                    "tag-elsewhere",
                    $"The tag {name.Value} is there already, on another commit.",
                    $"It points to {found.Commit.Abbreviated}, the release to {commit.Value.Abbreviated}.",
                    "Find out who made it. A published tag must not move: remove it only when nobody can have used it, then retry."),
                evidence);
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var name = context.Inputs.Required("name");
        var commit = context.Inputs.Required("commit");
        var look = $"$ git ls-remote -- {context.Facts.Project.Settings.GitUrl} refs/tags/{name} 'refs/tags/{name}^{{}}'";
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, look, "not there"),
                new PlanLine(PlanPhase.Act, "$ git fetch --prune --tags --force -- origin"),
                new PlanLine(PlanPhase.Act, $"$ git tag --annotate --cleanup=verbatim --file=- --end-of-options {name} {commit}", context.Inputs.Required("message")),
                new PlanLine(PlanPhase.Act, $"$ git push --porcelain --atomic --no-verify --force-with-lease=refs/tags/{name}: -- origin ‹tag object›:refs/tags/{name}", "still not there"),
                new PlanLine(PlanPhase.Verify, look, commit),
            ],
            []));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var name = GitInputs.Tag(context.Inputs, "name");
        var commit = GitInputs.Commit(context.Inputs, "commit");
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!name.IsOk || !commit.IsOk || !workspace.IsOk)
            return new ActResult.Failed((name.Error ?? commit.Error ?? workspace.Error)!);
        var opened = await workspace.Value.OpenAsync(cancellationToken);
        if (!opened.IsOk)
            return new ActResult.Failed(opened.Error);
        var fetched = await opened.Value.FetchAsync(cancellationToken);
        if (!fetched.IsOk)
            return GitStepErrors.Acted(fetched.Error, cancellationToken);
        // One of an earlier attempt that was never pushed; fetching has brought what the remote has.
        var left = await opened.Value.ObjectAsync(name.Value.Ref, cancellationToken);
        if (left.IsOk && await opened.Value.DeleteTagAsync(name.Value, cancellationToken) is { IsOk: false } kept)
            return GitStepErrors.Acted(kept.Error, cancellationToken);
        var tagged = await opened.Value.TagAsync(
            name.Value, commit.Value, context.Inputs.Required("message").TrimEnd() + "\n", Committer.Of(context.Facts), cancellationToken);
        if (!tagged.IsOk)
            return GitStepErrors.Acted(tagged.Error, cancellationToken);
        var pushed = await opened.Value.PushAsync([new GitPush(tagged.Value, name.Value.Ref, null)], cancellationToken);
        return pushed.IsOk ? new ActResult.Acted() : GitStepErrors.Pushed(pushed.Error, cancellationToken);
    }
}
