using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>Which entries make earlier calls to act pointless, so that the bell does not go on counting what is done.</summary>
/// <param name="Step">The step that is done; null for the whole release.</param>
/// <param name="Person">Only this person's; null for everybody's.</param>
/// <param name="At">Calls from before this moment.</param>
public sealed record NoticeSettlement(Guid Release, string? Step, string? Person, DateTimeOffset At)
{
    /// <summary>Whether calls of that very moment stay: what voids an approval asks anew in the same breath.</summary>
    public bool OnlyEarlier { get; init; }

    /// <summary>The notices that call somebody to act.</summary>
    public static IReadOnlyList<string> Calls { get; } =
        [NoticeKinds.ApprovalAsked, NoticeKinds.ApprovalReminded, NoticeKinds.ApprovalVoid, NoticeKinds.StepAsks, NoticeKinds.StepFailed, NoticeKinds.StepUnclear];

    /// <summary>The notices that say no more than that the step waits: who finds it among what waits on them need not count them as well.</summary>
    public static IReadOnlyList<string> SaidByTheStep { get; } = [.. Calls, NoticeKinds.ApprovalRejected, NoticeKinds.ApprovalLapsed];

    /// <summary>What the entry settles, or null.</summary>
    public static NoticeSettlement? Of(AuditEntry entry) => entry.ReleaseId is not { } release ? null : entry.Action switch
    {
        "step.succeed" or "step.skip" or "step.mark-done" or "step.retry" or "step.fix" or "approval.lapse" or "approval.reject" => new NoticeSettlement(release, entry.Subject, null, entry.At),
        "approval.void" => new NoticeSettlement(release, entry.Subject, null, entry.At) { OnlyEarlier = true },
        "approval.approve" => new NoticeSettlement(release, entry.Subject, entry.ActorName, entry.At),
        "release.cancel" or "release.publish" => new NoticeSettlement(release, null, null, entry.At),
        _ => null,
    };
}
