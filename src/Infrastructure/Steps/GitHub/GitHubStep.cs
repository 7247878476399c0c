using System.Globalization;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>What the kinds that talk to GitHub share: the session, and what its failures mean.</summary>
/// <param name="scope">The rights that the token needs, in the words of GitHub's token page.</param>
internal abstract class GitHubStep(GitHubAccess access, string scope) : IStep
{
    /// <summary>First pause of a step that waits; the engine makes it longer.</summary>
    protected static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    public abstract StepKindDescription Description { get; }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var session = await access.OpenAsync(context, scope, cancellationToken);
        return session.IsOk ? await LookAsync(context, session.Value, cancellationToken) : new Observation.Failed(session.Error);
    }

    public abstract Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken);

    public virtual Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken) => ObserveAsync(context, cancellationToken);

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var session = await access.OpenAsync(context, scope, cancellationToken);
        return session.IsOk ? await ChangeAsync(context, session.Value, cancellationToken) : new ActResult.Failed(session.Error);
    }

    protected abstract Task<Observation> LookAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken);

    protected virtual Task<ActResult> ChangeAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"{Description.Kind} only looks; the engine never acts here.");

    /// <summary>Looking failed. A step that waits anyway waits on while GitHub is away, until its timeout.</summary>
    protected Observation Unseen(GitHubError error)
    {
        var seen = GitHubStepErrors.Seen(error, scope);
        return seen is Observation.Unknown unknown && Description.Effect == StepEffect.Reads
            ? new Observation.Waiting($"{unknown.Error.What} {unknown.Error.Why}", error.RetryAfter ?? FirstPause, Evidence.None)
            : seen;
    }

    protected ActResult Unwritten(GitHubError error) => GitHubStepErrors.Written(error, scope);

    protected static int Number(StepContext context) => int.Parse(context.Inputs.Required("pull_request"), CultureInfo.InvariantCulture);

    protected static string Api(PlanContext context) => $"/repos/{context.Facts.Project.Repository}";

    /// <summary>Someone pushed to the branch after the release commit: what was tested is not what would be merged.</summary>
    protected static Observation HeadMoved(GitHubPullRequest pull, string expected) => new Observation.Different(
        new StepError(
            "head-moved",
            $"Pull request #{pull.Number} now has another commit at its head.",
            $"Its head is {pull.Head.Sha}; the release was tested and built at {expected}.",
            $"See who pushed at {pull.HtmlUrl}. To release the new commit, abort and start again from it; otherwise take it off the branch and retry."),
        Evidence.Of(
            new EvidenceItem("expected_commit", EvidenceKind.Commit, expected),
            new EvidenceItem("found_commit", EvidenceKind.Commit, pull.Head.Sha, pull.HtmlUrl)));

    protected static Observation Closed(GitHubPullRequest pull) => new Observation.Failed(new StepError(
        "pull-request-closed",
        $"Pull request #{pull.Number} was closed without merging.",
        $"Somebody closed {pull.HtmlUrl}.",
        "Open it again and retry, or abort the release."));
}
