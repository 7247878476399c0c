using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>Steps that stopped, and steps that wait for a person.</summary>
internal static class StepNotices
{
    public static IEnumerable<Notice> Of(AuditEntry entry, NoticeScene scene, NoticeRelease release, NoticeStep step)
    {
        var path = NoticePaths.Step(release.Id, step.Key);
        switch (entry.Action)
        {
            // That people said no, or nothing in time, is told by the approval itself, to more people.
            case "step.fail" when step.Approval is null || entry.AfterError("code") is not (ApprovalFailure.Rejected or ApprovalFailure.Lapsed):
                yield return new Notice(NoticeKinds.StepFailed, $"{step.Title} failed", path) { StepKey = step.Key, Text = Why(entry), To = [release.Owner] };
                break;
            case "step.reconcile":
                yield return new Notice(NoticeKinds.StepUnclear, $"{step.Title} needs a look", path) { StepKey = step.Key, Text = Why(entry), To = [release.Owner] };
                break;
            // Whom an approval asks is told by "approval.ask", which knows the rule and the time limit.
            case "step.ask" when step.Kind == StepKindDescription.Checklist && !scene.HasAsked:
                yield return new Notice(NoticeKinds.StepAsks, $"{step.Title} waits for ticks", path)
                {
                    StepKey = step.Key,
                    Text = entry.After("reason") ?? "",
                    To = [release.Owner, .. scene.People.Where(person => person.Actor.May(Permission.Tick, release.ProjectId) && scene.Followers.Contains(person.Name)).Select(person => person.Name)],
                };
                break;
        }
    }

    private static string Why(AuditEntry entry) =>
        string.Join(' ', new[] { entry.AfterError("what"), entry.AfterError("why") }.Where(text => !string.IsNullOrEmpty(text)));
}
