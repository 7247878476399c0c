using System.Globalization;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>What concerns a project as a whole: freezes and its secrets.</summary>
internal static class ProjectNotices
{
    public static IEnumerable<Notice> OfFreeze(AuditEntry entry, NoticeScene scene)
    {
        var path = scene.Project is { } project ? NoticePaths.Project(project) : "/releases";
        var what = scene.Project is null ? "All releases are" : "Its releases are";
        // Of one project: those who release there. Of all: everybody who releases anything.
        List<string> to = [.. scene.Followers, .. scene.People.Where(person => person.Actor.May(Permission.StartRelease, entry.ProjectId)).Select(person => person.Name)];
        switch (entry.Action)
        {
            case "freeze.set" or "freeze.add" or "freeze.create" or "freeze.start":
                yield return new Notice(NoticeKinds.FreezeSet, $"{what} frozen by {entry.ActorName}", path) { Text = entry.After("reason") ?? "", To = to };
                break;
            case "freeze.lift" or "freeze.end" or "freeze.remove":
                yield return new Notice(NoticeKinds.FreezeLifted, $"{what} free again", path) { Text = entry.After("reason") ?? "", To = to };
                break;
            case "freeze.override":
                yield return new Notice(NoticeKinds.FreezeLifted, $"{entry.ActorName} let a release pass the freeze", scene.Release is { } release ? NoticePaths.Release(release.Id) : path) { Text = entry.After("reason") ?? "", To = to };
                break;
        }
    }

    public static IEnumerable<Notice> OfSecret(AuditEntry entry, NoticeScene scene)
    {
        if (entry.Action != "secret.expiring" || scene.Project is not { } project)
            yield break;
        var at = DateTimeOffset.TryParse(entry.After("expiresAt"), CultureInfo.InvariantCulture, out var moment) ? moment : entry.At;
        var days = (int)Math.Round((at - entry.At).TotalDays, MidpointRounding.AwayFromZero);
        var title = at <= entry.At ? $"The secret {entry.Subject} has expired"
            : days == 0 ? $"The secret {entry.Subject} expires today"
            : $"The secret {entry.Subject} expires in {days} day{(days == 1 ? "" : "s")}";
        yield return new Notice(NoticeKinds.SecretExpiring, title, NoticePaths.Secrets(project))
        {
            Text = "Store a new one: releases use it from their next step on.",
            To = [.. scene.People.Where(person => person.Actor.May(Permission.ManageSecrets, entry.ProjectId)).Select(person => person.Name)],
        };
    }
}
