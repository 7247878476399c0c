using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Releases;

namespace ReleaseDashboard.Infrastructure.Audit.Refusals;

/// <summary>
/// Keeps in the audit trail what was tried and refused. Each kind of refusal makes at most one entry a minute, which says how many it
/// stands for: whoever knocks without end must not bury the trail, whose rows nobody may remove. Each process counts what it refused
/// itself; whichever is first when the minute is over writes its own count, and the others keep theirs for a later minute.
/// </summary>
public sealed class RefusalTrail(LedgerStore ledger, TimeProvider time)
{
    /// <summary>Between two entries of the same kind.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<RefusedCall, Tally> tallies = [];

    /// <summary>Notes the action when it was refused, and hands its result on. One that only asks for a fresh proof is no refusal: the same action follows with it.</summary>
    internal async Task<ActionResult> NoteAsync(Actor actor, string action, Guid? projectId, string subject, ActionResult result)
    {
        if (result.Refusal is { } refusal and not Refusal.ConfirmationNeeded)
            await NoteAsync(RefusedCall.Of(actor, action, projectId, subject, refusal));
        return result;
    }

    /// <summary>Notes a refusal. It is not cancelled with the request: who hangs up at once would leave no trace.</summary>
    public async Task NoteAsync(RefusedCall call)
    {
        Tally taken;
        lock (gate)
        {
            if (!tallies.TryGetValue(call, out var tally))
                tallies[call] = tally = new Tally();
            tally.Count++;
            if (IsResting(tally))
                return;
            taken = Take_NeedsLock(tally);
        }
        await WriteAsync(call, taken, atOnce: false);
    }

    /// <summary>Writes what was counted since the last entries, as far as their minute is over.</summary>
    /// <param name="everything">Also what is not due yet, because the process ends and its counts with it.</param>
    public async Task FlushAsync(bool everything)
    {
        var due = new List<(RefusedCall Call, Tally Taken)>();
        lock (gate)
        {
            foreach (var (call, tally) in tallies.Where(pair => everything || !IsResting(pair.Value)).ToList())
            {
                if (tally.Count == 0)
                    tallies.Remove(call);
                else
                    due.Add((call, Take_NeedsLock(tally)));
            }
        }
        foreach (var (call, taken) in due)
            await WriteAsync(call, taken, atOnce: everything);
    }

    // A clock that was set back does not silence anything for longer than it has to.
    private bool IsResting(Tally tally) => tally.WrittenAt is { } at && time.GetUtcNow() - at is var since && since >= TimeSpan.Zero && since < Pause;

    private Tally Take_NeedsLock(Tally tally)
    {
        var taken = new Tally { Count = tally.Count, WrittenAt = tally.WrittenAt };
        (tally.Count, tally.WrittenAt) = (0, time.GetUtcNow());
        return taken;
    }

    private async Task WriteAsync(RefusedCall call, Tally taken, bool atOnce)
    {
        DateTimeOffset? elsewhere;
        try
        {
            elsewhere = await ledger.WriteAsync<DateTimeOffset?>(
                async write =>
                {
                    // From the look to the commit no other process writes one.
                    await write.LockTrailAsync();
                    if (!atOnce && await RefusalEntries.LastAsync(write, call, Pause) is { } at)
                        return write.Refuse(at);
                    write.Audit(new Actor(call.ActorKind, call.ActorName, Roles.None), call.Action, call.ProjectId, null, call.Subject, after: new { call.Reason, taken.Count });
                    return null;
                },
                CancellationToken.None);
        }
        catch
        {
            PutBack(call, taken.Count, taken.WrittenAt);
            throw;
        }
        if (elsewhere is { } restingSince)
            PutBack(call, taken.Count, restingSince);
    }

    /// <summary>Not written, so not forgotten: the next entry carries the count.</summary>
    private void PutBack(RefusedCall call, long count, DateTimeOffset? writtenAt)
    {
        lock (gate)
        {
            if (!tallies.TryGetValue(call, out var tally))
                tallies[call] = tally = new Tally();
            tally.Count += count;
            tally.WrittenAt = writtenAt;
        }
    }

    private sealed class Tally
    {
        public long Count { get; set; }

        public DateTimeOffset? WrittenAt { get; set; }
    }
}
