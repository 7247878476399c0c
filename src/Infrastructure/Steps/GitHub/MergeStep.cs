using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>Merges the pull request if its head is still the commit that was checked.</summary>
internal sealed class MergeStep(GitHubAccess access) : GitHubStep(access, "Contents: read and write, Pull requests: read and write")
{
    public override StepKindDescription Description { get; } = new("github.merge", "Merges the pull request", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("pull_request", ValueKind.Number, "Its number", Required: true),
            new InputDescription("commit", ValueKind.Text, "The commit that must be merged", Required: true),
            new InputDescription("method", ValueKind.Text, "How", Default: new InputValue.Text("merge"), Choices: ["merge", "squash", "rebase"]),
        ],
        Outputs =
        [
            new OutputDescription("commit", ValueKind.Text, "The commit on the base branch that came of it"),
            new OutputDescription("description", ValueKind.Text, "The pull request's description as it was in the end"),
        ],
        Permanent = true,
    };

    public override Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var (number, commit, method) = (context.Inputs.Text("pull_request"), context.Inputs.Text("commit"), context.Inputs.Text("method") ?? "merge");
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"GET {Api(context)}/pulls/{number}", $"open, mergeable, head {commit}"),
                new PlanLine(PlanPhase.Act, $$"""PUT {{Api(context)}}/pulls/{{number}}/merge {"merge_method":"{{method}}","sha":"{{commit}}"}"""),
                new PlanLine(PlanPhase.Verify, $"GET {Api(context)}/pulls/{number}", "merged"),
                new PlanLine(PlanPhase.Verify, $"GET {Api(context)}/git/commits/‹merge commit›", method == "merge" ? $"second parent {commit}" : "the commit"),
            ],
            []));
    }

    protected override async Task<Observation> LookAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var commit = context.Inputs.Required("commit");
        var found = await session.Client.PullRequestAsync(session.Name, Number(context), cancellationToken);
        if (!found.IsOk)
            return Unseen(found.Error);
        var pull = found.Value;
        if (pull.Head.Sha != commit)
            return HeadMoved(pull, commit);
        return pull switch
        {
            { Merged: true } => await MergedAsync(context, session, pull, commit, cancellationToken),
            { State: not "open" } => Closed(pull),
            { Mergeable: null } => new Observation.Waiting($"GitHub works out whether pull request #{pull.Number} can be merged", FirstPause, Evidence.None),
            { Mergeable: false } => new Observation.Failed(NotMergeable(pull, pull.MergeableState == "dirty"
                ? $"{pull.Head.Ref} and {pull.Base.Ref} changed the same lines."
                : $"GitHub calls it {pull.MergeableState ?? "not mergeable"}.")),
            _ => new Observation.NotDone(),
        };
    }

    protected override async Task<ActResult> ChangeAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var (number, commit) = (Number(context), CommitSha.Parse(context.Inputs.Required("commit")));
        var method = Method(context);
        context.Log.Write($"PUT /repos/{session.Name}/pulls/{number}/merge: {method}, only if the head is {commit}");
        var title = $"Release {context.Facts.Version} (#{number})";
        var merged = await session.Client.MergePullRequestAsync(session.Name, number, commit, method, title, message: null, cancellationToken);
        if (merged.IsOk)
            return new ActResult.Acted(Evidence.Of(new EvidenceItem("commit", EvidenceKind.Commit, merged.Value.Sha)));
        return merged.Error.Status switch
        {
            409 => new ActResult.Failed(new StepError(
                "head-moved", $"Pull request #{number} changed while it was merged.", GitHubStepErrors.Words(merged.Error),
                "Retry: the step looks again and says what moved.")),
            405 => new ActResult.Failed(new StepError(
                "not-mergeable", $"GitHub does not merge pull request #{number}.", GitHubStepErrors.Words(merged.Error),
                "Do what GitHub's answer asks for (a review, a check, an up-to-date branch), then retry.")),
            _ => Unwritten(merged.Error),
        };
    }

    private async Task<Observation> MergedAsync(StepContext context, GitHubSession session, GitHubPullRequest pull, string commit, CancellationToken cancellationToken)
    {
        if (!CommitSha.TryParse(pull.MergeCommitSha, out var merge))
            return new Observation.Waiting($"GitHub does not show the merge commit of #{pull.Number} yet", FirstPause, Evidence.None);
        var evidence = Evidence.Of(
            new EvidenceItem("commit", EvidenceKind.Commit, merge.Value, $"{context.Facts.Project.Settings.WebUrl}/commit/{merge}"),
            new EvidenceItem("merged", EvidenceKind.Link, $"#{pull.Number} into {pull.Base.Ref}", pull.HtmlUrl),
            new EvidenceItem("description", EvidenceKind.Text, PullRequestText.Description(pull)));
        if (Method(context) != GitHubMergeMethod.Merge)
            return new Observation.Done(evidence);

        var read = await session.Client.CommitAsync(session.Name, merge, cancellationToken);
        if (!read.IsOk)
            return Unseen(read.Error);
        return read.Value.Parents is [_, var second] && second.Sha == commit
            ? new Observation.Done(evidence)
            : new Observation.Different(
                new StepError(
                    "merged-otherwise",
                    $"Pull request #{pull.Number} was merged in another way.",
                    $"{merge} has the parents {string.Join(", ", read.Value.Parents.Select(parent => parent.Sha))}; a merge commit has {commit} as its second.",
                    "Somebody squashed or rebased it. Decide whether the release goes on with that commit; the tested commit is not in the history."),
                evidence);
    }

    private static StepError NotMergeable(GitHubPullRequest pull, string why) => new(
        "not-mergeable",
        $"Pull request #{pull.Number} cannot be merged.",
        why,
        $"Repair it at {pull.HtmlUrl} without adding commits, then retry. If commits are needed, abort and start again from them.");

    private static GitHubMergeMethod Method(StepContext context) => context.Inputs.Text("method") switch
    {
        "squash" => GitHubMergeMethod.Squash,
        "rebase" => GitHubMergeMethod.Rebase,
        _ => GitHubMergeMethod.Merge,
    };
}
