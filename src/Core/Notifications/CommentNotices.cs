using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>What people write to each other on a step.</summary>
internal static class CommentNotices
{
    private const int Quoted = 300;

    public static IEnumerable<Notice> Of(AuditEntry entry, NoticeScene scene, NoticeRelease release)
    {
        if (entry.Action != "comment.add")
            yield break;
        var step = scene.Step?.Title ?? entry.Subject;
        var text = entry.After("text") ?? "";
        var quote = text.Length > Quoted ? text[..Quoted] + "…" : text;
        var mentioned = entry.AfterList("mentions");
        var path = NoticePaths.Step(release.Id, entry.Subject);
        Notice New(string kind, string title, IEnumerable<string> to) => new(kind, title, path) { StepKey = scene.Step?.Key, Text = quote, To = [.. to.Distinct(StringComparer.OrdinalIgnoreCase)] };

        // Each person hears of a comment once, by what concerns them most.
        if (mentioned.Count > 0)
            yield return New(NoticeKinds.Mention, $"{entry.ActorName} mentioned you at {step}", mentioned);
        IEnumerable<string> rest = [release.Owner, .. scene.Involved, .. scene.Asker is null ? Array.Empty<string>() : [scene.Asker]];
        rest = rest.Except(mentioned, StringComparer.OrdinalIgnoreCase);
        yield return entry.AfterFlag("isQuestion")
            ? New(NoticeKinds.Question, $"{entry.ActorName} asks at {step}", rest)
            : New(NoticeKinds.Comment, scene.Asker is null ? $"{entry.ActorName} commented at {step}" : $"{entry.ActorName} answered at {step}", rest);
    }
}
