using System.Globalization;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>Freezes: made for now or for later, lifted or called off, passed by one release.</summary>
internal static class FreezeNotices
{
    public static IEnumerable<Notice> Of(AuditEntry entry, NoticeScene scene)
    {
        var path = scene.Project is { } project ? NoticePaths.Project(project) : "/releases";
        var what = scene.Project is null ? "All releases" : "Its releases";
        // Of one project: those who release there. Of all: everybody who releases anything.
        var releasing = scene.People.Where(person => entry.ProjectId is null ? person.Actor.MaySomewhere(Permission.StartRelease) : person.Actor.May(Permission.StartRelease, entry.ProjectId));
        List<string> to = [.. scene.Followers, .. releasing.Select(person => person.Name)];
        var reason = entry.After("reason") ?? "";
        switch (entry.Action)
        {
            case "freeze.create":
                var title = entry.AfterMoment("from") is { } from && from > entry.At
                    ? $"{what} will be frozen from {Say(from)}: {entry.ActorName} plans it"
                    : $"{what} are frozen by {entry.ActorName}";
                yield return new Notice(NoticeKinds.FreezeSet, title, path) { Text = $"{reason}{(reason.TrimEnd().EndsWith('.') || reason.Length == 0 ? "" : ".")} {Period(entry)}".Trim(), To = to };
                break;
            case "freeze.lift":
                var lifted = entry.BeforeMoment("from") > entry.At ? $"{what} will not be frozen: {entry.ActorName} called it off" : $"{what} are free again";
                yield return new Notice(NoticeKinds.FreezeLifted, lifted, path) { Text = reason, To = to };
                break;
            case "freeze.override":
                yield return new Notice(NoticeKinds.FreezeLifted, $"{entry.ActorName} let a release pass the freeze", scene.Release is { } release ? NoticePaths.Release(release.Id) : path) { Text = reason, To = to };
                break;
        }
    }

    private static string Period(AuditEntry entry) => (entry.AfterMoment("from"), entry.AfterMoment("until")) switch
    {
        (null, null) => "",
        (var from, null) => $"From {Say(from.Value)} until somebody lifts it.",
        (null, var until) => $"Until {Say(until.Value)}.",
        var (from, until) => $"From {Say(from.Value)} until {Say(until.Value)}.",
    };

    private static string Say(DateTimeOffset moment) => string.Create(CultureInfo.InvariantCulture, $"{moment.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
