using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Git;

/// <summary>Commits what earlier steps changed in the clone. With nothing to commit it hands on the commit that is there.</summary>
internal sealed class GitCommitStep(ReleaseWorkspaces workspaces) : IStep
{
    // Characters; evidence is read on a page.
    private const int LongestDiff = 100_000;

    public StepKindDescription Description { get; } = new("git.commit", "Commits what changed.", StepEffect.Local)
    {
        Inputs = [new InputDescription("message", ValueKind.Text, "The commit message.", Required: true)],
        Outputs =
        [
            new OutputDescription("commit", ValueKind.Text, "The commit; without changes the one that was there."),
            new OutputDescription("parent", ValueKind.Text, "The commit before it."),
            new OutputDescription("changed", ValueKind.Text, "What it changed."),
        ],
    };

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        if (!opened.IsOk)
            return new Observation.Failed(opened.Error);
        var status = await opened.Value.StatusAsync(cancellationToken);
        if (!status.IsOk)
            return GitStepErrors.Seen(status.Error, cancellationToken);
        var branch = BranchName.Parse(context.Facts.Project.Settings.DevBranch);
        if (status.Value.Branch != branch)
            return new Observation.Failed(WorkTreeErrors.OtherBranch(status.Value, branch));
        if (!status.Value.IsClean)
            return new Observation.NotDone();
        var proof = await ProofAsync(context, opened.Value, cancellationToken);
        return proof.IsOk ? new Observation.Done(proof.Value) : GitStepErrors.Seen(proof.Error, cancellationToken);
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var person = Committer.Of(context.Facts);
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, "$ git status --porcelain=v2 --branch", "changes; without any nothing happens"),
                new PlanLine(PlanPhase.Act, "$ git add --all -- ."),
                new PlanLine(PlanPhase.Act, "$ git commit --no-verify --cleanup=verbatim --file=-", context.Inputs.Required("message")),
                new PlanLine(PlanPhase.Verify, "$ git rev-parse HEAD"),
            ],
            [])
        {
            Environment = [$"GIT_AUTHOR_NAME={person.Name}", $"GIT_AUTHOR_EMAIL={person.Email}", "GIT_AUTHOR_DATE=‹start of the release›"],
        });
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        if (!opened.IsOk)
            return new ActResult.Failed(opened.Error);
        var committed = await opened.Value.CommitAsync(Message(context), Committer.Of(context.Facts), [], cancellationToken);
        // Verifying reads the evidence from the commit itself.
        return committed.IsOk ? new ActResult.Acted() : GitStepErrors.Acted(committed.Error, cancellationToken);
    }

    private static string Message(StepContext context) => context.Inputs.Required("message").TrimEnd() + "\n";

    private static async Task<Result<Evidence, GitError>> ProofAsync(StepContext context, GitRepository repository, CancellationToken cancellationToken)
    {
        var log = await repository.LogAsync(Revision.Head, null, 1, cancellationToken);
        if (!log.IsOk)
            return log.Error;
        var head = log.Value[0];
        var parent = head.Parents.Count > 0 ? head.Parents[0] : null;
        // A commit made in an earlier attempt of this release bears its message and its date.
        var ours = parent is not null && head.Subject == Message(context).Split('\n')[0]
            && head.CommitDate.ToUnixTimeSeconds() == context.Facts.StartedAt.ToUnixTimeSeconds();
        List<EvidenceItem> items = [new("commit", EvidenceKind.Commit, head.Sha.Value)];
        if (parent is not null)
            items.Add(new EvidenceItem("parent", EvidenceKind.Commit, parent.Value));
        if (!ours)
            return new Evidence([.. items, new EvidenceItem("changed", EvidenceKind.Text, "nothing to commit")]);
        var changes = await repository.ChangesAsync(parent!, head.Sha, cancellationToken);
        var diff = await repository.DiffAsync(parent!, head.Sha, [], cancellationToken);
        if (!changes.IsOk || !diff.IsOk)
            return (changes.Error ?? diff.Error)!;
        var count = changes.Value.Count.ToString(CultureInfo.InvariantCulture);
        return new Evidence(
        [
            .. items,
            new EvidenceItem(WorkspaceRebuild.Message, EvidenceKind.Text, Message(context).TrimEnd()),
            new EvidenceItem("changed", EvidenceKind.Text, $"{count} paths: {string.Join(", ", changes.Value.Select(change => change.Path))}"),
            new EvidenceItem("diff", EvidenceKind.Diff, diff.Value.Length <= LongestDiff ? diff.Value : diff.Value[..LongestDiff] + "\n… cut, see the commit\n"),
        ]);
    }
}
