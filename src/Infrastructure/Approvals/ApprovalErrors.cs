using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Steps.People;

namespace ReleaseDashboard.Infrastructure.Approvals;

/// <summary>Why an approval stands still, in words.</summary>
internal static class ApprovalErrors
{
    /// <summary>Who is missing: <c>1 reviewer and 1 of security must approve</c>.</summary>
    public static string Missing(ApprovalState.Open open) =>
        string.Join(" and ", open.Signatures.Where(slot => slot.Missing > 0).Select(slot => (slot.Requirement with { Count = slot.Missing }).Words)) + " must approve";

    public static StepError Rejected(Decision decision) => new(
        ApprovalStep.Rejected,
        $"{decision.By} rejected the publication.",
        decision.Comment ?? "No reason was given.",
        "Nothing was published. Repair what was named, then choose Ask again, or abort the release.");

    public static StepError Lapsed(ApprovalRule rule, ApprovalState.Open open) => new(
        ApprovalStep.Lapsed,
        $"{(Signed(open).Length == 0 ? "Nobody" : "Not everybody")} decided within {PlaybookDuration.Words(rule.Within ?? TimeSpan.Zero)}.",
        $"{Signed(open)}{Missing(open)}.",
        "Nothing was published. Ask again: earlier decisions are history then, and the time begins anew. Or abort the release.");

    private static string Signed(ApprovalState.Open open) =>
        open.Signatures.SelectMany(slot => slot.SignedBy).Distinct(StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } names
            ? $"{string.Join(" and ", names)} approved; "
            : "";

    public static StepError OtherBytes(EvidenceChange change) => new(
        "bytes-changed",
        "The file that would be published is not the one that was built.",
        $"Its SHA-256 is {change.After}; {change.Before} was built.",
        "Find out what changed the file. Put the built bytes back and ask again, or abort: other bytes are never published.");
}
