using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>Waits until every check of the commit has passed. A red one stops the release and says why.</summary>
internal sealed class ChecksStep(GitHubAccess access, TimeProvider time) : GitHubStep(access, "Checks, Commit statuses and Actions: read")
{
    private const int MostLines = 40;

    /// <summary>Checks appear a moment after the push: so long green ones may not be all, and none does not mean none.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>After so long without any check, a repository that need not have checks has none.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);

    public override StepKindDescription Description { get; } = new("github.checks", "Waits until the checks have passed", StepEffect.Reads)
    {
        Inputs =
        [
            new InputDescription("commit", ValueKind.Text, "The commit that is checked; without it the pull request's head, wherever people push it while they repair it"),
            new InputDescription("pull_request", ValueKind.Number, "The pull request whose head it must stay"),
        ],
        Outputs =
        [
            new OutputDescription("passed", ValueKind.Number, "How many passed"),
            new OutputDescription("commit", ValueKind.Text, "The commit that was checked"),
        ],
    };

    public override Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var commit = context.Inputs.Text("commit") ?? "‹head of the pull request›";
        var limit = context.Definition.Timeout is { } timeout ? $" Stops and asks you after {timeout.TotalMinutes:0.#} min." : "";
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"GET {Api(context)}/commits/{commit}/check-runs", "all passed"),
                new PlanLine(PlanPhase.Check, $"GET {Api(context)}/commits/{commit}/status", "all passed"),
            ],
            []) { Note = $"Woken by GitHub, asked again by itself after 2 s and then less often.{limit}" });
    }

    protected override async Task<Observation> LookAsync(StepContext context, GitHubSession session, CancellationToken cancellationToken)
    {
        var given = context.Inputs.Text("commit");
        if (given is null && context.Inputs.Text("pull_request") is null)
            return new Observation.Failed(new StepError("bad-input", "It is not said what is to be checked.", "Neither a commit nor a pull request is given.", "Correct the step's inputs and resume."));
        string? page = null;
        if (context.Inputs.Text("pull_request") is not null)
        {
            var pull = await session.Client.PullRequestAsync(session.Name, Number(context), cancellationToken);
            if (!pull.IsOk)
                return Unseen(pull.Error);
            if (given is not null && pull.Value.Head.Sha != given)
                return HeadMoved(pull.Value, given);
            given = pull.Value.Head.Sha;
            if (pull.Value is { State: "closed", Merged: false })
                return Closed(pull.Value);
            page = pull.Value.HtmlUrl + "/checks";
        }

        var commit = CommitSha.Parse(given!);
        var runs = await session.Client.CheckRunsAsync(session.Name, commit, cancellationToken);
        if (!runs.IsOk)
            return Unseen(runs.Error);
        var statuses = await session.Client.CombinedStatusAsync(session.Name, commit, cancellationToken);
        if (!statuses.IsOk)
            return Unseen(statuses.Error);
        return await JudgeAsync(context, session, commit, [.. runs.Value.Select(CheckResult.Of), .. statuses.Value.Statuses.Select(CheckResult.Of)], page, cancellationToken);
    }

    private async Task<Observation> JudgeAsync(
        StepContext context, GitHubSession session, CommitSha commit, IReadOnlyList<CheckResult> checks, string? page, CancellationToken cancellationToken)
    {
        var passed = checks.Count(check => check.State == CheckState.Passed);
        var waited = time.GetUtcNow() - context.StepStartedAt;
        if (checks.Count == 0)
        {
            return context.Facts.Project.Settings.RequireChecks || waited < Grace
                ? new Observation.Waiting("No check has started yet", FirstPause, Evidence.None)
                : new Observation.Done(Proof(commit, checks, "none, and none are required", passed, page));
        }

        var proof = Proof(commit, checks, $"{passed} of {checks.Count} passed", passed, page);
        var red = checks.Where(check => check.State == CheckState.Failed).ToList();
        if (red.Count > 0)
            return new Observation.Failed(await WhyAsync(session, red, checks.Count, cancellationToken)) { Evidence = proof };
        if (passed == checks.Count && waited >= Settling)
            return new Observation.Done(proof);
        var running = checks.Where(check => check.State == CheckState.Running).Select(check => check.Name).ToList();
        return new Observation.Waiting(
            running.Count == 0 ? $"{passed} of {checks.Count} passed, more may start" : $"{passed} of {checks.Count} passed, waiting for {string.Join(", ", running)}",
            FirstPause,
            proof);
    }

    private static async Task<StepError> WhyAsync(GitHubSession session, List<CheckResult> red, int count, CancellationToken cancellationToken)
    {
        var first = red[0];
        IReadOnlyList<string> lines = first.Description is { } description ? [description] : [];
        if (first.Run is { } run)
        {
            var text = await session.Client.FailureTextAsync(session.Name, run, cancellationToken);
            lines = text.IsOk
                ? [.. text.Value.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Distinct().TakeLast(MostLines)]
                : [.. lines, $"Its output cannot be read: {GitHubStepErrors.Words(text.Error)}"];
        }

        var others = red.Count == 1 ? "" : $" Also red: {string.Join(", ", red.Skip(1).Select(check => check.Name))}.";
        return new StepError(
            "check-failed",
            $"The check {first.Name} failed.",
            $"GitHub says {first.Word}; {red.Count} of {count} checks did not pass.{others}",
            $"See {first.Url ?? "the checks on GitHub"}. Run the check again there if it failed by chance, then retry; otherwise abort, repair and start again.",
            lines);
    }

    // The names come from the repository: without the prefix a check could be named like an output of another step.
    private static Evidence Proof(CommitSha commit, IReadOnlyList<CheckResult> checks, string summary, int passed, string? page) => Evidence.Of(
    [
        new EvidenceItem("checks", EvidenceKind.Check, summary, page),
        new EvidenceItem("passed", EvidenceKind.Text, passed.ToString(CultureInfo.InvariantCulture)),
        new EvidenceItem("commit", EvidenceKind.Commit, commit.Value),
        .. checks.Select(check => new EvidenceItem($"check: {check.Name}", EvidenceKind.Check, check.Word, check.Url)),
    ]);
}
