using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Steps;

/// <summary>What a step may use while it runs. Made by the engine for one attempt.</summary>
public sealed class StepContext
{
    public required ReleaseFacts Facts { get; init; }

    public required StepDefinition Definition { get; init; }

    /// <summary>Inputs with every reference resolved, a maintainer's corrections applied.</summary>
    public required StepInputs Inputs { get; init; }

    /// <summary>Evidence of the steps that are done, by step id.</summary>
    public required IReadOnlyDictionary<string, Evidence> Outputs { get; init; }

    /// <summary>Key of this intent; the same for every attempt after a crash, so a remote can tell a repeat.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Folder of the release on this worker; kept between steps, made again when it is missing.</summary>
    public required string Workspace { get; init; }

    /// <summary>Folder of built files on this worker, each in a folder named by its SHA-256. Outlives every workspace.</summary>
    public required string Artifacts { get; init; }

    public required IStepLog Log { get; init; }

    public required ISecretSource Secrets { get; init; }

    /// <summary>Items ticked so far, for kind <c>checklist</c>.</summary>
    public required IReadOnlyList<Tick> Ticks { get; init; }

    /// <summary>Decisions taken so far on this step, for kind <c>approval</c>.</summary>
    public required IReadOnlyList<Decision> Decisions { get; init; }

    /// <summary>The request for approval that is open, for kind <c>approval</c>; null before people are asked.</summary>
    public ApprovalRound? Round { get; init; }

    /// <summary>What people gave by hand to the steps that come after, for kind <c>approval</c>: it is approved as well.</summary>
    public IReadOnlyList<EvidenceItem> ByHand { get; init; } = [];

    /// <summary>The approval steps of the release's playbook: a check before everything says whether people can give them.</summary>
    public IReadOnlyList<StepDefinition> Approvals { get; init; } = [];

    /// <summary>The release's notes as people edited them, in Markdown; null when nobody did. Only for kinds that approve or publish them.</summary>
    public string? Notes { get; init; }

    /// <summary>
    /// Tells the ledger which process works for this attempt, before its output is read, so that a later worker finds
    /// and ends it when this one dies.
    /// </summary>
    public required Func<string, CancellationToken, Task> TrackProcess { get; init; }

    /// <summary>When the step was first begun.</summary>
    public required DateTimeOffset StepStartedAt { get; init; }

    /// <summary>Evidence of a step of this kind that is done, the last one in run order, or null.</summary>
    public Evidence? OutputOf(string stepId) => Outputs.GetValueOrDefault(stepId);

    /// <summary>The first value that any done step proved under this name, latest step first, or null.</summary>
    public string? Find(string name) => Outputs.Values.Reverse().Select(evidence => evidence[name]).FirstOrDefault(value => value is not null);
}

/// <summary>One item of a checklist, ticked by a named person.</summary>
public sealed record Tick(string ItemId, string By, DateTimeOffset At);
