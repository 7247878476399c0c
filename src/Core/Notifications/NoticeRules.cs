using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>
/// Which entries of the audit trail people are told of, and whom. Pure: the same entry and scene give the same notices,
/// so that nothing is forgotten and nothing is told twice after a restart.
/// </summary>
public static class NoticeRules
{
    private static readonly string[] Families = ["release.", "step.", "approval.", "comment.", "freeze.", "secret.", "user.", "token.", "channel."];

    /// <summary>Whether the entry may concern anybody: spares reading a scene for the others.</summary>
    public static bool Cares(string action) => Families.Any(family => action.StartsWith(family, StringComparison.Ordinal))
        && action is not ("step.start" or "step.succeed" or "step.wait" or "step.give-back" or "step.takeover" or "release.abort");

    public static IReadOnlyList<Notice> Of(AuditEntry entry, NoticeScene scene) =>
        [.. Found(entry, scene).Select(notice => notice with { To = Told(notice, entry, scene) })];

    private static IEnumerable<Notice> Found(AuditEntry entry, NoticeScene scene) => entry.Action[..(entry.Action.IndexOf('.', StringComparison.Ordinal) + 1)] switch
    {
        "release." when scene.Release is { } release => ReleaseNotices.Of(entry, scene, release),
        "step." when scene.Release is { } release && scene.Step is { } step => StepNotices.Of(entry, scene, release, step),
        "approval." when scene.Release is { } release && scene.Step is { } step => ApprovalNotices.Of(entry, scene, release, step),
        "comment." when scene.Release is { } release => CommentNotices.Of(entry, scene, release),
        "freeze." => FreezeNotices.Of(entry, scene),
        "secret." => ProjectNotices.OfSecret(entry, scene),
        "channel." => AccountNotices.OfChannel(entry, scene),
        "user." or "token." => AccountNotices.Of(entry),
        _ => [],
    };

    /// <summary>Nobody is told of what they did themselves, and nobody of what they cannot see.</summary>
    private static List<string> Told(Notice notice, AuditEntry entry, NoticeScene scene)
    {
        // A changed password is told even to who changed it: it may have been somebody else at the keyboard.
        var exceptActor = notice.Kind != NoticeKinds.AccountChanged;
        return [.. scene.People
            .Where(person => notice.To.Contains(person.Name, StringComparer.OrdinalIgnoreCase))
            .Where(person => !exceptActor || !string.Equals(person.Name, entry.ActorName, StringComparison.OrdinalIgnoreCase))
            .Where(person => entry.ProjectId is not { } project || person.Actor.May(Core.People.Permission.SeeProject, project))
            .Select(person => person.Name)];
    }
}
