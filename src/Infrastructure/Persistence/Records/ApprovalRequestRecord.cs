using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>People were asked to approve one exact evidence. Another evidence closes it and opens the next.</summary>
public sealed class ApprovalRequestRecord
{
    public required Guid Id { get; init; }
    public required Guid ReleaseId { get; init; }
    public required Guid StepId { get; init; }
    public required string EvidenceDigest { get; init; }

    /// <summary>What was shown, so that people can be told what changed when it is void.</summary>
    public required Evidence Evidence { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it lapses, or null when the rule sets no limit.</summary>
    public DateTimeOffset? DueAt { get; set; }

    public DateTimeOffset? RemindedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public ApprovalOutcome? Outcome { get; set; }
}

/// <summary>How a request for approval ended.</summary>
public enum ApprovalOutcome
{
    Granted,
    Rejected,

    /// <summary>The evidence changed.</summary>
    Void,

    /// <summary>The time limit passed.</summary>
    Lapsed,

    /// <summary>The release was aborted, or the step asked anew.</summary>
    Withdrawn,
}
