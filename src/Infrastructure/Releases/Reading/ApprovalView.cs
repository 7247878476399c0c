using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>Where an approval stands.</summary>
/// <param name="EvidenceDigest">What people are asked about, or were when it was decided; empty before they are asked.</param>
/// <param name="Decisions">All that were taken on the step, oldest first, void ones too.</param>
/// <param name="Missing">How many signatures are still missing.</param>
public sealed record ApprovalView(ApprovalRule Rule, string EvidenceDigest, IReadOnlyList<Decision> Decisions, int Missing)
{
    /// <summary>How far each requirement is met, in the rule's order.</summary>
    public IReadOnlyList<SignatureSlot> Signatures { get; init; } = [];

    /// <summary>When people were asked; null before.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>When the request lapses; null for never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The earlier request that became void last, when nothing was decided since; null otherwise.</summary>
    public VoidedApproval? Voided { get; init; }

    /// <summary>Who authored what is released, where the rule leaves authors out.</summary>
    public IReadOnlyList<CommitAuthor> Authors { get; init; } = [];

    /// <summary>Whether the decision counts for what people are asked about now.</summary>
    public bool Counts(Decision decision) => decision.EvidenceDigest == EvidenceDigest && !(decision.At < AskedAt);

    /// <summary>Judges people for this approval.</summary>
    public ApprovalPolicy Policy(string startedBy) => new(Rule, startedBy, Authors);
}

/// <summary>A request for approval that became void.</summary>
/// <param name="At">When it was found out.</param>
/// <param name="Changes">What is not as it was shown.</param>
/// <param name="HadApproved">Whose approvals are worth nothing now.</param>
public sealed record VoidedApproval(DateTimeOffset At, IReadOnlyList<EvidenceChange> Changes, IReadOnlyList<string> HadApproved);
