using ReleaseDashboard.Core.Releases;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

public sealed class ReleaseRecord
{
    public required Guid Id { get; init; }
    public required Guid ProjectId { get; init; }
    public ProjectRecord? Project { get; init; }

    /// <summary>Normalised version, such as <c>1.2.0</c>.</summary>
    public required string Version { get; init; }

    public required ReleaseStatus Status { get; set; }
    public required bool IsRehearsal { get; init; }
    public required string PlaybookName { get; init; }
    public required int PlaybookRevision { get; init; }

    /// <summary>SHA-256 of the plan that the starter saw.</summary>
    public required string PlanDigest { get; init; }

    public required string BaseCommit { get; init; }

    /// <summary>The version released before, by the tags at the start, or null for the first.</summary>
    public string? LastVersion { get; init; }

    /// <summary>Who leads it now. The starter, until it is handed over.</summary>
    public required string Owner { get; set; }

    public required string StartedBy { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
    public string? AbortReason { get; set; }

    /// <summary>Set while the release is under way; unique, so that one version is released once at a time.</summary>
    public string? ActiveKey { get; set; }

    public List<StepRecord> Steps { get; init; } = [];
}
