using System.Globalization;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>Waits for approving reviews of the pull request's current head, by people who may write to the repository.</summary>
internal sealed class ReviewStep(GitHubAccess access) : GitHubStep(access, "Pull requests: read, Metadata: read")
{
    public override StepKindDescription Description { get; } = new("github.review", "Waits for the review on GitHub", StepEffect.Reads)
    {
        Inputs =
        [
            new InputDescription("pull_request", ValueKind.Number, "Its number", Required: true),
            new InputDescription("count", ValueKind.Number, "How many approvals", Default: new InputValue.Number(1)),
            new InputDescription("commit", ValueKind.Text, "The commit that its head must be; without it any"),
        ],
        Outputs = [new OutputDescription("reviewed_by", ValueKind.Text, "Who approved, as GitHub names them")],
    };

    public override Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var number = context.Inputs.Text("pull_request");
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"GET {Api(context)}/pulls/{number}", "the same head"),
                new PlanLine(PlanPhase.Check, $"GET {Api(context)}/pulls/{number}/reviews", $"{context.Inputs.Text("count") ?? "1"} approving, of the same head"),
            ],
            []) { Note = "Woken by GitHub. Neither the author of the pull request nor whoever starts the release counts." });
    }

    protected override async Task<Observation> LookAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var found = await session.Client.PullRequestAsync(session.Name, Number(context), cancellationToken);
        if (!found.IsOk)
            return Unseen(found.Error);
        var pull = found.Value;
        if (context.Inputs.Text("commit") is { } commit && pull.Head.Sha != commit)
            return HeadMoved(pull, commit);
        if (pull is { State: "closed", Merged: false })
            return Closed(pull);
        var reviews = await session.Client.ReviewsAsync(session.Name, pull.Number, cancellationToken);
        if (!reviews.IsOk)
            return Unseen(reviews.Error);

        var words = LastWords(reviews.Value);
        if (words.FirstOrDefault(review => review.State == "CHANGES_REQUESTED") is { } refused)
            return Refused(pull, refused);

        var approvals = new List<GitHubReview>();
        foreach (var review in words.Where(review => review.State == "APPROVED" && review.CommitId == pull.Head.Sha && !IsOwn(context, pull, review)))
        {
            var permission = await session.Client.PermissionAsync(session.Name, review.User!.Login, cancellationToken);
            if (permission is { IsOk: false, Error.Kind: not GitHubFailure.NotFound })
                return Unseen(permission.Error);
            // Anybody may approve on a public repository; it means something from those who could merge.
            if (permission is { IsOk: true, Value.Permission: "admin" or "write" })
                approvals.Add(review);
        }

        return Judge(context, pull, approvals);
    }

    private static Observation Judge(StepContext context, GitHubPullRequest pull, List<GitHubReview> approvals)
    {
        var wanted = int.Parse(context.Inputs.Text("count") ?? "1", CultureInfo.InvariantCulture);
        var proof = Evidence.Of(
            new EvidenceItem("reviewed_by", EvidenceKind.Text, string.Join(", ", approvals.Select(review => review.User!.Login)), approvals is [.., var last] ? last.HtmlUrl : pull.HtmlUrl),
            new EvidenceItem("reviewed_commit", EvidenceKind.Commit, pull.Head.Sha));
        return approvals.Count >= wanted
            ? new Observation.Done(proof)
            : new Observation.Waiting(
                wanted == 1 ? $"An approving review of pull request #{pull.Number} is missing" : $"{approvals.Count} of {wanted} approving reviews of pull request #{pull.Number}",
                FirstPause,
                approvals.Count == 0 ? Evidence.None : proof);
    }

    // What somebody said last counts; a comment takes nothing back.
    private static List<GitHubReview> LastWords(IEnumerable<GitHubReview> reviews) =>
    [
        .. reviews.Where(review => review.User is not null && review.State is "APPROVED" or "CHANGES_REQUESTED" or "DISMISSED")
            .GroupBy(review => review.User?.Id)
            .Where(group => group.Key is not null)
            .Select(group => group.Last()),
    ];

    private static bool IsOwn(StepContext context, GitHubPullRequest pull, GitHubReview review) =>
        review.User!.Id == pull.User?.Id || string.Equals(review.User.Login, context.Facts.StartedBy, StringComparison.OrdinalIgnoreCase);

    private static Observation.Failed Refused(GitHubPullRequest pull, GitHubReview review) => new(new StepError(
        "changes-requested",
        $"{review.User!.Login} asks for changes.",
        string.IsNullOrWhiteSpace(review.Body) ? "The review says no more than that." : review.Body,
        $"See {review.HtmlUrl ?? pull.HtmlUrl}. When the review is withdrawn or approved, retry; to change the code, abort and start again.",
        string.IsNullOrWhiteSpace(review.Body) ? [] : review.Body.Split('\n')));
}
