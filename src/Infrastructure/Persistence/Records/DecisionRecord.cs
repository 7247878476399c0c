using ReleaseDashboard.Core.Approvals;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A decision of a named person over one exact evidence digest. Never changed; a later one counts instead.</summary>
public sealed class DecisionRecord
{
    public required Guid Id { get; init; }
    public required Guid ReleaseId { get; init; }
    public required Guid StepId { get; init; }
    public required string By { get; init; }
    public required Verdict Verdict { get; init; }
    public required string EvidenceDigest { get; init; }

    /// <summary>The groups and roles that the person signed for, as they were at that moment.</summary>
    public List<string> As { get; init; } = [];

    public required DateTimeOffset At { get; init; }
    public string? Comment { get; init; }
}
