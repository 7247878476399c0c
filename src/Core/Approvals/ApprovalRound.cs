namespace ReleaseDashboard.Core.Approvals;

/// <summary>A request for approval that is open. Only decisions that were taken since then count.</summary>
/// <param name="EvidenceDigest">What people were asked about.</param>
/// <param name="DueAt">When it lapses; null for never.</param>
/// <param name="RemindedAt">When people were last reminded; null for not yet.</param>
public sealed record ApprovalRound(string EvidenceDigest, DateTimeOffset AskedAt, DateTimeOffset? DueAt, DateTimeOffset? RemindedAt)
{
    /// <summary>When something is to be done by itself: remind, or let the request lapse. Null for never.</summary>
    public DateTimeOffset? NextAt(TimeSpan? remind) =>
        remind is { } every && (RemindedAt ?? AskedAt) + every is var reminder && !(reminder >= DueAt) ? reminder : DueAt;
}
