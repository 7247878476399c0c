using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Notifications.Reading;

/// <summary>What one person was told.</summary>
public sealed class Inbox(LedgerStore ledger, TimeProvider time)
{
    public const int Most = 200;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<InboxItem>> ListAsync(Guid user, bool unreadOnly, int count, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Notifications.Where(notice => notice.UserId == user && (!unreadOnly || notice.ReadAt == null))
            .OrderByDescending(notice => notice.CreatedAt).ThenByDescending(notice => notice.Id).Take(Math.Clamp(count, 1, Most))
            .Select(notice => new InboxItem(notice.Id, notice.Event, notice.Title, notice.Path, notice.ProjectId, notice.ReleaseId, notice.StepKey, notice.CreatedAt, notice.ReadAt))
            .ToListAsync(cancellationToken);
    }

    public async Task<int> CountUnreadAsync(Guid user, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Notifications.CountAsync(notice => notice.UserId == user && notice.ReadAt == null, cancellationToken);
    }

    /// <summary>How much of what is unread says only that one of these steps waits, which is known already.</summary>
    /// <param name="waiting">Steps that wait on the person, by release and key.</param>
    public async Task<int> CountSaidAsync(Guid user, IReadOnlyCollection<(Guid Release, string Step)> waiting, CancellationToken cancellationToken)
    {
        if (waiting.Count == 0)
            return 0;
        var releases = waiting.Select(step => (Guid?)step.Release).Distinct().ToList();
        await using var db = ledger.Read();
        var said = await db.Notifications
            .Where(notice => notice.UserId == user && notice.ReadAt == null && releases.Contains(notice.ReleaseId) && NoticeSettlement.SaidByTheStep.Contains(notice.Event))
            .Select(notice => new { notice.ReleaseId, notice.StepKey }).ToListAsync(cancellationToken);
        return said.Count(notice => notice is { ReleaseId: { } release, StepKey: { } step } && waiting.Contains((release, step)));
    }

    /// <summary>Marks one, or all, as read.</summary>
    /// <returns>How many were unread.</returns>
    public Task<int> ReadAsync(Guid user, Guid? id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return ledger.WriteAsync(
            async write =>
            {
                var read = await write.Db.Notifications.Where(notice => notice.UserId == user && notice.ReadAt == null && (id == null || notice.Id == id))
                    .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, now), write.CancellationToken);
                if (read > 0)
                    write.Notify(new Change.Bell(user));
                return read;
            },
            cancellationToken);
    }
}

/// <summary>Something a person was told.</summary>
public sealed record InboxItem(Guid Id, string Event, string Title, string Path, Guid? ProjectId, Guid? ReleaseId, string? Step, DateTimeOffset At, DateTimeOffset? ReadAt);
