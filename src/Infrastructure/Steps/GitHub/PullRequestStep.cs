using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>Opens the pull request of the release, or finds the one that is open already.</summary>
internal sealed class PullRequestStep(GitHubAccess access) : GitHubStep(access, "Pull requests: read and write")
{
    public override StepKindDescription Description { get; } = new("github.pull_request", "Opens the pull request", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("title", ValueKind.Text, "Its title", Required: true),
            new InputDescription("head", ValueKind.Text, "The branch with the changes", Required: true),
            new InputDescription("base", ValueKind.Text, "The branch it goes to", Required: true),
            new InputDescription("commit", ValueKind.Text, "The commit that its head must be; without it any"),
        ],
        Outputs =
        [
            new OutputDescription("number", ValueKind.Number, "Its number"),
            new OutputDescription("url", ValueKind.Text, "Where people look at it"),
            new OutputDescription("description", ValueKind.Text, "Its description"),
        ],
    };

    public override Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var (title, head, into) = (context.Inputs.Text("title"), context.Inputs.Text("head"), context.Inputs.Text("base"));
        var owner = context.Facts.Project.Repository.Split('/')[0];
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"GET {Api(context)}/pulls?head={owner}:{head}&base={into}&state=all", "none open"),
                new PlanLine(PlanPhase.Act, $$"""POST {{Api(context)}}/pulls {"title":"{{title}}","head":"{{head}}","base":"{{into}}"}"""),
                new PlanLine(PlanPhase.Verify, $"GET {Api(context)}/pulls?head={owner}:{head}&base={into}&state=all",
                    context.Inputs.Text("commit") is { } commit ? $"one open, at {commit}" : "one open"),
            ],
            [])
        {
            Note = "The description is made of the commits since the last release, grouped by kind, and the submodules that move.",
        });
    }

    protected override async Task<Observation> LookAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var head = BranchName.Parse(context.Inputs.Required("head"));
        var commit = context.Inputs.Text("commit");
        var found = await session.Client.FindPullRequestsAsync(session.Name, head, BranchName.Parse(context.Inputs.Required("base")), cancellationToken);
        if (!found.IsOk)
            return Unseen(found.Error);
        var open = found.Value.FirstOrDefault(pull => pull.State == "open");
        // Merged meanwhile with exactly our commit: the merge step will find that too.
        open ??= found.Value.FirstOrDefault(pull => pull.MergedAt is not null && commit is not null && pull.Head.Sha == commit);
        if (open is null)
            return new Observation.NotDone();
        if (commit is null || open.Head.Sha == commit)
            return new Observation.Done(Proof(open));

        var branch = await session.Client.BranchAsync(session.Name, head, cancellationToken);
        if (!branch.IsOk)
            return Unseen(branch.Error);
        // GitHub shows a push in its pull requests a moment later than on the branch.
        return branch.Value?.Commit.Sha == commit
            ? new Observation.Waiting($"GitHub takes the push over into pull request #{open.Number}", FirstPause, Proof(open))
            : HeadMoved(open, commit);
    }

    protected override async Task<ActResult> ChangeAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var head = BranchName.Parse(context.Inputs.Required("head"));
        var branch = await session.Client.BranchAsync(session.Name, head, cancellationToken);
        if (!branch.IsOk)
            return Unwritten(branch.Error);
        var there = branch.Value?.Commit.Sha;
        if (there is null || (context.Inputs.Text("commit") is { } commit && there != commit))
        {
            return new ActResult.Failed(new StepError(
                "remote-moved",
                $"The branch {head} is not at the pushed commit.",
                there is null ? "There is no such branch on GitHub." : $"It is at {there}; {context.Inputs.Text("commit")} was pushed.",
                "Look at what was pushed. Retry when it is as you want it, or abort and start again from there."));
        }

        var changes = await ChangesAsync(context, session, CommitSha.Parse(there), cancellationToken);
        var request = new NewPullRequest(context.Inputs.Required("title"), head.Value, context.Inputs.Required("base"), PullRequestText.Of(context.Facts, changes));
        context.Log.Write($"POST /repos/{session.Name}/pulls: {request.Title}, {request.Head} into {request.Base}");
        var made = await session.Client.CreatePullRequestAsync(session.Name, request, cancellationToken);
        if (!made.IsOk)
            return Unwritten(made.Error);
        context.Log.Write($"Opened {made.Value.HtmlUrl}");
        return new ActResult.Acted(Proof(made.Value));
    }

    // The description is a convenience: without a comparison it is shorter, and the log says why.
    private static async Task<GitHubComparison?> ChangesAsync(StepContext context, GitHubSession session, CommitSha head, CancellationToken cancellationToken)
    {
        Revision since = context.Facts.LastVersion is { } last
            ? TagName.Parse(context.Facts.Project.Settings.TagFor(last))
            : BranchName.Parse(context.Inputs.Required("base"));
        var compared = await session.Client.CompareAsync(session.Name, since, head, cancellationToken);
        if (compared.IsOk)
            return compared.Value;
        context.Log.Write($"The changes since {since} cannot be listed: {GitHubStepErrors.Words(compared.Error)}");
        return null;
    }

    private static Evidence Proof(GitHubPullRequest pull) => Evidence.Of(
        new EvidenceItem("number", EvidenceKind.Text, pull.Number.ToString(CultureInfo.InvariantCulture), pull.HtmlUrl),
        new EvidenceItem("url", EvidenceKind.Link, pull.HtmlUrl, pull.HtmlUrl),
        new EvidenceItem("head", EvidenceKind.Commit, pull.Head.Sha),
        new EvidenceItem("description", EvidenceKind.Text, PullRequestText.Description(pull)));
}
