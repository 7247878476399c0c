using System.Globalization;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.People;

namespace ReleaseDashboard.Core.Notifications;

/// <summary>What concerns a project as a whole: its secrets.</summary>
internal static class ProjectNotices
{
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
