namespace ReleaseDashboard.Core.Approvals;

/// <summary>What a reviewer decided.</summary>
public enum Verdict
{
    Approved,
    Rejected,
}

/// <summary>A decision of a named person over one exact evidence digest.</summary>
/// <param name="By">Sign-in name.</param>
/// <param name="Verdict">Approved or rejected.</param>
/// <param name="EvidenceDigest">The digest that was on the screen when the person decided.</param>
/// <param name="At">When.</param>
/// <param name="Comment">The reason; required for a rejection.</param>
public sealed record Decision(string By, Verdict Verdict, string EvidenceDigest, DateTimeOffset At, string? Comment)
{
    /// <summary>Roles and groups of the person at that moment. Empty on decisions from before they were kept.</summary>
    public IReadOnlyList<string> As { get; init; } = [];
}
