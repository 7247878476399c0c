namespace ReleaseDashboard.Core.Approvals;

/// <summary>Where an approval stands.</summary>
public abstract record ApprovalState
{
    private ApprovalState() { }

    /// <summary>So many people are still missing.</summary>
    public sealed record Open(int Missing) : ApprovalState;

    /// <summary>Enough people approved this digest.</summary>
    public sealed record Granted(IReadOnlyList<Decision> By) : ApprovalState;

    /// <summary>Somebody said no. One rejection is enough.</summary>
    public sealed record Rejected(Decision Decision) : ApprovalState;
}
