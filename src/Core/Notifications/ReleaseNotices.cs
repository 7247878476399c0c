using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>The course of a release.</summary>
internal static class ReleaseNotices
{
    public static IEnumerable<Notice> Of(AuditEntry entry, NoticeScene scene, NoticeRelease release)
    {
        var path = NoticePaths.Release(release.Id);
        string[] owner = [release.Owner, release.StartedBy];
        switch (entry.Action)
        {
            case "release.start":
                yield return new Notice(NoticeKinds.ReleaseStarted, $"{release.StartedBy} started the release", path) { To = scene.Followers };
                break;
            case "release.publish":
                yield return new Notice(NoticeKinds.ReleasePublished, "The release is published", path) { To = [.. owner, .. scene.Followers] };
                break;
            // An abort is told by its cause, which names the person and the reason; "release.abort" beside it is the ledger's own.
            case "release.cancel":
                yield return new Notice(NoticeKinds.ReleaseAborted, $"{entry.ActorName} aborted the release", path)
                {
                    Text = entry.After("reason") ?? "",
                    To = [.. owner, .. scene.Followers],
                };
                break;
            case "release.hand_over":
                var to = entry.After("owner") ?? release.Owner;
                yield return new Notice(NoticeKinds.ReleaseHandedOver, $"{entry.ActorName} handed the release over to {to}", path)
                {
                    Text = entry.After("reason") ?? "",
                    To = [to, .. owner],
                };
                break;
        }
    }
}
