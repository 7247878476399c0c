namespace ReleaseDashboard.Core.Approvals;

/// <summary>Where an approval stands.</summary>
/// <param name="Signatures">How far each requirement is met, in the rule's order.</param>
public abstract record ApprovalState(IReadOnlyList<SignatureSlot> Signatures)
{
    /// <summary>Signatures are still missing.</summary>
    public sealed record Open(IReadOnlyList<SignatureSlot> Signatures) : ApprovalState(Signatures)
    {
        public int Missing => Signatures.Sum(slot => slot.Missing);
    }

    /// <summary>Everybody who must approve has approved this digest.</summary>
    public sealed record Granted(IReadOnlyList<SignatureSlot> Signatures, IReadOnlyList<Decision> By) : ApprovalState(Signatures);

    /// <summary>Somebody said no. One rejection is enough.</summary>
    public sealed record Rejected(IReadOnlyList<SignatureSlot> Signatures, Decision Decision) : ApprovalState(Signatures);
}
