using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>A step that this worker holds, with all it needs to run. The intent is already in the ledger.</summary>
internal sealed record Claim(
    Guid ReleaseId,
    Guid StepId,
    string Key,
    long Fence,
    long Wakes,
    int Looks,
    Guid AttemptId,
    int AttemptNumber,
    DateTimeOffset StartedAt,
    ReleaseSnapshot Snapshot,
    StepInputs Inputs,
    IReadOnlyDictionary<string, Evidence> Outputs,
    IReadOnlyList<Tick> Ticks,
    IReadOnlyList<Decision> Decisions,
    string? OrphanProcess,
    string? EarlierReason,
    ApprovalRound? Round,
    IReadOnlyList<EvidenceItem> ByHand)
{
    public string IdempotencyKey => $"{ReleaseId:N}/{Key}";
}
