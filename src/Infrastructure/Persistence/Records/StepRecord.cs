using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A line of the step ledger: the truth about what ran, runs and may run.</summary>
public sealed class StepRecord
{
    public required Guid Id { get; init; }
    public required Guid ReleaseId { get; init; }
    public ReleaseRecord? Release { get; init; }

    /// <summary>The step's id in the playbook.</summary>
    public required string Key { get; init; }

    /// <summary>Place in the playbook, from 0.</summary>
    public required int Ordinal { get; init; }

    public required StepStatus Status { get; set; }

    /// <summary>Counts up with every claim. A worker whose fence is lower has lost the step.</summary>
    public long Fence { get; set; }

    /// <summary>The worker that holds the lease, or null.</summary>
    public string? LeaseHolder { get; set; }

    /// <summary>Counts up while the holder is alive. Others measure its age on their own monotonic clock, so no clock jump matters.</summary>
    public long Heartbeat { get; set; }

    /// <summary>When to look again while it waits outside; null when only an event or a person wakes it.</summary>
    public DateTimeOffset? WakeAt { get; set; }

    /// <summary>Counts wake-ups that came while an attempt ran, so that none is lost.</summary>
    public long Wakes { get; set; }

    /// <summary>How often it was looked at while waiting; spaces the next look.</summary>
    public int Looks { get; set; }

    /// <summary>What it waits for, or why it was skipped or marked done.</summary>
    public string? Reason { get; set; }

    /// <summary>Who settled it by hand, or null when a worker did.</summary>
    public string? SettledBy { get; set; }

    public int Attempts { get; set; }

    /// <summary>A maintainer's corrections to inputs (Fix and resume), by input name.</summary>
    public Dictionary<string, string> Corrections { get; set; } = [];

    public Evidence? Evidence { get; set; }
    public StepError? Error { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}
