using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Git;

/// <summary>Checks every submodule out on the head of its release branch; the commit that follows pins them there.</summary>
internal sealed class GitSubmodulesStep(ReleaseWorkspaces workspaces) : IStep
{
    public StepKindDescription Description { get; } = new("git.submodules", "Checks the submodules out on a branch and pulls them.", StepEffect.Local)
    {
        Inputs =
        [
            new InputDescription("branch", ValueKind.Text, "The branch of submodules that the project's settings do not name.", Required: true),
            new InputDescription("paths", ValueKind.List, "Only these submodules; empty for all.", Default: new InputValue.List([])),
        ],
        Outputs =
        [
            new OutputDescription("pins", ValueKind.Text, "Each submodule with the commit it is pinned to."),
            new OutputDescription("changed", ValueKind.Number, "How many pins moved."),
        ],
    };

    private sealed record Pin(GitSubmodule Submodule, BranchName Branch, CommitSha Target);

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        if (!opened.IsOk)
            return new Observation.Failed(opened.Error);
        var pins = await PinsAsync(context, opened.Value, cancellationToken);
        if (!pins.IsOk)
            return new Observation.Failed(pins.Error);
        foreach (var pin in pins.Value)
        {
            if (await HeadAsync(opened.Value, pin.Submodule, cancellationToken) != pin.Target)
                return new Observation.NotDone();
        }
        return new Observation.Done(await ProofAsync(opened.Value, pins.Value, cancellationToken));
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var configured = context.Facts.Project.Settings.Submodules;
        var rows = configured.Count > 0 ? configured.Select(row => (row.Path, row.Branch)) : [("‹each submodule›", context.Inputs.Required("branch"))];
        return Task.FromResult(new StepPlan(
            [
                .. rows.SelectMany(row => new PlanLine[]
                {
                    new(PlanPhase.Check, $"$ git ls-remote -- ‹address of {row.Path}› refs/heads/{row.Branch}", "the head of its release branch"),
                    new(PlanPhase.Act, $"$ git submodule update --init --checkout --force -- {row.Path}"),
                    new(PlanPhase.Act, $"$ git -C {row.Path} switch --detach ‹head of {row.Branch}›"),
                }),
            ],
            []));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        if (!opened.IsOk)
            return new ActResult.Failed(opened.Error);
        var pins = await PinsAsync(context, opened.Value, cancellationToken);
        if (!pins.IsOk)
            return new ActResult.Failed(pins.Error);
        foreach (var pin in pins.Value)
        {
            var updated = await opened.Value.UpdateSubmoduleAsync(pin.Submodule, cancellationToken);
            var moved = updated.IsOk ? await opened.Value.MoveSubmoduleAsync(pin.Submodule, pin.Target, cancellationToken) : updated;
            if (!moved.IsOk)
                return GitStepErrors.Acted(moved.Error, cancellationToken);
        }
        return new ActResult.Acted(await ProofAsync(opened.Value, pins.Value, cancellationToken));
    }

    // The branch may move on while this runs; what was checked out is what counts, and it is seen in the submodules themselves.
    public async Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken)
    {
        var opened = await workspaces.OpenAsync(context, cancellationToken);
        if (!opened.IsOk)
            return new Observation.Failed(opened.Error);
        var submodules = await opened.Value.SubmodulesAsync(Revision.Head, cancellationToken);
        if (!submodules.IsOk)
            return GitStepErrors.Seen(submodules.Error, cancellationToken);
        foreach (var submodule in submodules.Value)
        {
            if (acted[submodule.Path] is { } text && await HeadAsync(opened.Value, submodule, cancellationToken) is var head
                && (head is null || !text.Contains(head.Value, StringComparison.Ordinal)))
                return new Observation.NotDone();
        }
        return new Observation.Done(acted);
    }

    private static async Task<Result<IReadOnlyList<Pin>, StepError>> PinsAsync(StepContext context, GitRepository repository, CancellationToken cancellationToken)
    {
        var fallback = GitInputs.Branch(context.Inputs, "branch");
        if (!fallback.IsOk)
            return fallback.Error;
        var there = await repository.SubmodulesAsync(Revision.Head, cancellationToken);
        if (!there.IsOk)
            return GitStepErrors.Of(there.Error, cancellationToken);
        var configured = context.Facts.Project.Settings.Submodules;
        var only = context.Inputs.List("paths");
        var wanted = configured.Count > 0 ? configured.Select(row => row.Path) : there.Value.Select(submodule => submodule.Path);
        var pins = new List<Pin>();
        foreach (var path in wanted.Where(path => only.Count == 0 || only.Contains(path)))
        {
            if (there.Value.FirstOrDefault(submodule => submodule.Path == path) is not { } submodule)
                return new StepError("no-submodule", $"{path} is not a submodule.", "The project's settings name it; the commit has none there.", "Correct the project's settings and start the release again.");
            var name = configured.FirstOrDefault(row => row.Path == path)?.Branch ?? fallback.Value.Value;
            if (!BranchName.TryParse(name, out var branch, out var fault))
                return new StepError("bad-branch", $"The branch of submodule {path} cannot be used.", fault, "Correct the project's settings and start the release again.");
            var head = await repository.SubmoduleRemoteHeadAsync(submodule, branch, cancellationToken);
            if (!head.IsOk)
                return GitStepErrors.Of(head.Error, cancellationToken) with { What = $"The branch {branch} of submodule {path} cannot be read." };
            pins.Add(new Pin(submodule, branch, head.Value));
        }
        return pins;
    }

    /// <summary>The commit checked out there, or null when it is not cloned. An empty folder would answer for the outer repository.</summary>
    private static async Task<CommitSha?> HeadAsync(GitRepository repository, GitSubmodule submodule, CancellationToken cancellationToken)
    {
        if (!Path.Exists(Path.Combine(repository.Path, submodule.Path, ".git")))
            return null;
        var head = await repository.Submodule(submodule).ResolveAsync(Revision.Head, cancellationToken);
        return head.IsOk ? head.Value : null;
    }

    private static async Task<Evidence> ProofAsync(GitRepository repository, IReadOnlyList<Pin> pins, CancellationToken cancellationToken)
    {
        var items = new List<EvidenceItem>();
        foreach (var pin in pins)
        {
            var counts = await repository.Submodule(pin.Submodule).DivergenceAsync(pin.Submodule.Pinned, pin.Target, cancellationToken);
            items.Add(new EvidenceItem(pin.Submodule.Path, EvidenceKind.Text, Sentence(pin, counts.IsOk ? counts.Value : null)));
        }
        items.Add(new EvidenceItem("pins", EvidenceKind.Text, pins.Count == 0 ? "none" : string.Join(", ", pins.Select(pin => $"{pin.Submodule.Path}={pin.Target}"))));
        items.Add(new EvidenceItem("changed", EvidenceKind.Text, pins.Count(pin => pin.Submodule.Pinned != pin.Target).ToString(CultureInfo.InvariantCulture)));
        return new Evidence(items);
    }

    private static string Sentence(Pin pin, GitDivergence? counts)
    {
        if (pin.Submodule.Pinned == pin.Target)
            return $"{pin.Target} (head of {pin.Branch}, unchanged)";
        var how = counts switch
        {
            null => "number of commits unknown",
            { Ahead: 0 } => $"{counts.Behind} new commits",
            _ => $"{counts.Behind} new commits, {counts.Ahead} of the old pin are not on {pin.Branch}",
        };
        return $"{pin.Submodule.Pinned} → {pin.Target} (head of {pin.Branch}, {how})";
    }
}
