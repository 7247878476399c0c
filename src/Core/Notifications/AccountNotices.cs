using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>What somebody should know of the own account, whoever did it.</summary>
internal static class AccountNotices
{
    public static IEnumerable<Notice> Of(AuditEntry entry)
    {
        var (owner, title) = entry.Action switch
        {
            "user.password" => (entry.Subject, "Your password was changed"),
            "user.roles" => (entry.Subject, $"Your roles were changed to {entry.After("roles") ?? "others"}"),
            "user.link" => (entry.Subject, "Your account was linked to GitHub"),
            "user.disable" => (entry.Subject, "Your account was disabled"),
            "token.create" => (entry.After("owner"), $"The token {entry.Subject} was made in your name"),
            "token.revoke" => (entry.After("owner"), $"Your token {entry.Subject} was revoked"),
            _ => (null, ""),
        };
        if (owner is not null)
            yield return new Notice(NoticeKinds.AccountChanged, title, NoticePaths.Account) { Text = $"By {entry.ActorName}. If this was not expected, tell an administrator.", To = [owner] };
    }

    /// <summary>A channel that gave up: its owner hears of it where it still can be heard.</summary>
    public static IEnumerable<Notice> OfChannel(AuditEntry entry, NoticeScene scene)
    {
        if (entry.Action != "channel.fail" || entry.After("owner") is not { } owner)
            yield break;
        yield return new Notice(NoticeKinds.ChannelDead, $"The channel {entry.Subject} does not get through", scene.Project is { } project ? NoticePaths.Channels(project) : NoticePaths.MyChannels)
        {
            Text = entry.After("error") ?? "",
            To = [owner],
        };
    }
}
