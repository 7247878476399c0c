using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>Marks calls to act as read once what they called for is done.</summary>
internal static class SettledNotices
{
    public static async Task<bool> AnyAsync(LedgerContext db, IReadOnlyCollection<NoticeSettlement> settled, CancellationToken cancellationToken)
    {
        var releases = settled.Select(done => (Guid?)done.Release).Distinct().ToList();
        return releases.Count > 0
            && await db.Notifications.AnyAsync(notice => notice.ReadAt == null && releases.Contains(notice.ReleaseId) && NoticeSettlement.Calls.Contains(notice.Event), cancellationToken);
    }

    public static async Task ReadAsync(LedgerTransaction write, IReadOnlyCollection<NoticeSettlement> settled)
    {
        foreach (var done in settled)
        {
            var open = Open(write.Db, done);
            var people = await open.Select(notice => notice.UserId).Distinct().ToListAsync(write.CancellationToken);
            if (people.Count == 0)
                continue;
            await open.ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, write.Now), write.CancellationToken);
            foreach (var person in people)
                write.Notify(new Change.Bell(person));
        }
    }

    private static IQueryable<NotificationRecord> Open(LedgerContext db, NoticeSettlement done)
    {
        var open = db.Notifications.Where(notice => notice.ReleaseId == done.Release && notice.ReadAt == null && NoticeSettlement.Calls.Contains(notice.Event));
        open = done.OnlyEarlier ? open.Where(notice => notice.CreatedAt < done.At) : open.Where(notice => notice.CreatedAt <= done.At);
        if (done.Step is { } step)
            open = open.Where(notice => notice.StepKey == step);
        return done.Person is { } person ? open.Where(notice => db.Users.Any(user => user.Id == notice.UserId && user.Name == person)) : open;
    }
}
