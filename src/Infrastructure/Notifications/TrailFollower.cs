using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Notifications;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>
/// Reads the audit trail from where it was left and writes notices and messages. The place, the notices and the messages
/// move in one transaction, and only if nobody else moved the place meanwhile: any number of processes may run this, and
/// after a crash nothing is lost or told twice. Nothing is added to the writes that it follows.
/// </summary>
public sealed class TrailFollower(LedgerStore ledger, NoticeSceneReader scenes, OutgoingMessages outgoing) : IDisposable
{
    private const int Batch = 200;

    // Entries that concern nobody are passed without a write; reading them again after a restart does no harm.
    private const int Passed = 1000;

    private readonly SemaphoreSlim turn = new(1, 1);
    private long? read;

    /// <summary>Tells of what happened since the last time.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await AdvanceInTurnAsync(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<bool> AdvanceInTurnAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var stored = await db.NoticeCursor.Select(cursor => (long?)cursor.Sequence).FirstOrDefaultAsync(cancellationToken)
            ?? throw new InvalidOperationException("The place in the audit trail is gone; the migration writes it.");
        var from = Math.Max(stored, read ?? stored);
        var records = await db.Audit.Where(entry => entry.Sequence > from).OrderBy(entry => entry.Sequence).Take(Batch).ToListAsync(cancellationToken);
        if (records.Count == 0)
            return false;
        var told = new List<ToldNotice>();
        var scene = new SceneCache();
        foreach (var entry in records.Select(record => record.ToEntry()).Where(entry => NoticeRules.Cares(entry.Action)))
        {
            var around = await scenes.ReadAsync(db, entry, scene, cancellationToken);
            told.AddRange(NoticeRules.Of(entry, around).Select(notice => new ToldNotice(entry, notice, around)));
        }
        var last = records[^1].Sequence;
        List<NoticeSettlement> settled = [.. records.Select(record => NoticeSettlement.Of(record.ToEntry())).OfType<NoticeSettlement>()];
        // A done step that called nobody needs no write.
        if (told.Count == 0 && !await SettledNotices.AnyAsync(db, settled, cancellationToken))
            settled.Clear();
        if ((told.Count == 0 && settled.Count == 0 && last - stored < Passed) || await WriteAsync(stored, last, told, settled, cancellationToken))
            read = last;
        else
            read = null;
        return true;
    }

    private Task<bool> WriteAsync(long from, long to, List<ToldNotice> told, List<NoticeSettlement> settled, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            async write =>
            {
                var moved = await write.Db.NoticeCursor.Where(cursor => cursor.Id == NoticeCursorRecord.Only && cursor.Sequence == from)
                    .ExecuteUpdateAsync(set => set.SetProperty(cursor => cursor.Sequence, to), write.CancellationToken);
                if (moved == 0)
                    return write.Refuse(false);
                foreach (var notice in told)
                    Add(write, notice);
                await outgoing.AddAsync(write, told);
                await write.Db.SaveChangesAsync(write.CancellationToken);
                await SettledNotices.ReadAsync(write, settled);
                return true;
            },
            cancellationToken);

    private static void Add(LedgerTransaction write, ToldNotice told)
    {
        foreach (var person in told.People)
        {
            write.Db.Notifications.Add(new NotificationRecord
            {
                Id = Guid.CreateVersion7(told.Entry.At),
                UserId = person.Id,
                Event = told.Notice.Kind,
                ProjectId = told.Entry.ProjectId,
                ReleaseId = told.Entry.ReleaseId,
                StepKey = told.Notice.StepKey,
                Title = told.Message.Headline,
                Path = told.Notice.Path,
                CreatedAt = told.Entry.At,
            });
            write.Notify(new Change.Bell(person.Id));
        }
    }
}

/// <summary>A notice with what it was found in.</summary>
public sealed record ToldNotice(AuditEntry Entry, Notice Notice, NoticeScene Scene)
{
    public IEnumerable<NoticePerson> People => Scene.People.Where(person => Notice.To.Contains(person.Name));

    public ChannelMessage Message => new(
        Notice.Kind, Notice.Title, Notice.Text, Notice.Path, Entry.At, Scene.Project, Entry.ReleaseId, Scene.Release?.Version, Scene.Step?.Title, Entry.Sequence);
}
