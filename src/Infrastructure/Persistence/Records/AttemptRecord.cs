using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>One try at a step. Written, as the intent, before anything outside is touched.</summary>
public sealed class AttemptRecord
{
    public required Guid Id { get; init; }
    public required Guid ReleaseId { get; init; }
    public required Guid StepId { get; init; }

    /// <summary>1, 2, 3 … in its step.</summary>
    public required int Number { get; init; }

    public required long Fence { get; init; }
    public required string Worker { get; init; }

    /// <summary>The same for every attempt at the same intent.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 over the resolved inputs: what this attempt means to do.</summary>
    public required string IntentDigest { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
    public AttemptOutcome? Outcome { get; set; }
    public StepError? Error { get; set; }
    public Evidence? Evidence { get; set; }

    /// <summary>Identity of the child process that works for it, so that an orphan can be found and ended.</summary>
    public string? Process { get; set; }
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>Acted and verified.</summary>
    Succeeded,

    /// <summary>It was already as intended; nothing was done.</summary>
    AlreadyDone,

    Failed,
    NeedsReconciliation,

    /// <summary>Nothing to do yet: waits outside or for a person.</summary>
    Waiting,

    /// <summary>The worker died or lost its lease.</summary>
    Lost,

    /// <summary>The release was aborted or the step skipped while it ran.</summary>
    Cancelled,
}
