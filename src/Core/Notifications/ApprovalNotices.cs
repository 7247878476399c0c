using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>Decisions: asked, still missing, given, refused, void.</summary>
internal static class ApprovalNotices
{
    public static IEnumerable<Notice> Of(AuditEntry entry, NoticeScene scene, NoticeRelease release, NoticeStep step)
    {
        var path = NoticePaths.Approve(release.Id, step.Key);
        Notice New(string kind, string title, string text, params IEnumerable<string> to) => new(kind, title, path) { StepKey = step.Key, Text = text, To = [.. to] };
        var comment = entry.After("comment") ?? "";
        switch (entry.Action)
        {
            case "approval.ask":
                yield return New(NoticeKinds.ApprovalAsked, $"Your decision is asked: {step.Title}", Due(entry), Deciders(scene, release, step));
                break;
            case "approval.remind":
                yield return New(NoticeKinds.ApprovalReminded, $"Your decision is still missing: {step.Title}", Due(entry), Deciders(scene, release, step).Except(scene.Decided, StringComparer.OrdinalIgnoreCase));
                break;
            case "approval.void":
                yield return New(NoticeKinds.ApprovalVoid, $"What was approved has changed: {step.Title}", Changed(entry),
                    [release.Owner, release.StartedBy, .. entry.AfterList("hadApproved"), .. Deciders(scene, release, step)]);
                break;
            case "approval.lapse":
                yield return New(NoticeKinds.ApprovalLapsed, $"Nobody decided in time: {step.Title}", "", [release.Owner, .. Deciders(scene, release, step)]);
                break;
            case "approval.approve":
                yield return New(NoticeKinds.ApprovalGiven, $"{entry.ActorName} approved: {step.Title}", comment, release.Owner);
                break;
            case "approval.reject":
                // Who was asked hears that there is nothing left to decide.
                yield return New(NoticeKinds.ApprovalRejected, $"{entry.ActorName} rejected: {step.Title}", comment,
                    [release.Owner, release.StartedBy, .. scene.Involved, .. Deciders(scene, release, step)]);
                break;
        }
    }

    /// <summary>Those whose decision counts here, as the step itself judges them.</summary>
    private static IEnumerable<string> Deciders(NoticeScene scene, NoticeRelease release, NoticeStep step)
    {
        if (step.Approval is not { } rule)
            return [];
        var policy = new ApprovalPolicy(rule, release.StartedBy, step.Authors);
        return scene.People.Where(person => policy.Asks(Signer.Of(person.Actor, release.ProjectId))).Select(person => person.Name);
    }

    private static string Due(AuditEntry entry) =>
        DateTimeOffset.TryParse(entry.After("dueAt"), System.Globalization.CultureInfo.InvariantCulture, out var due)
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"It is needed by {due.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")
            : "";

    private static string Changed(AuditEntry entry) =>
        ChangeWords.Of(entry.AfterChanges("changed")) is { Length: > 0 } words ? $"{words}. The approval is void; look at it again." : "The approval is void; look at it again.";
}
