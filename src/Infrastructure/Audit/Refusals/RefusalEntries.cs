using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Refusals;

/// <summary>What the trail holds of a refusal already, whichever process wrote it.</summary>
internal static class RefusalEntries
{
    // Of one person and action there are fewer projects, subjects and reasons in a minute than this.
    private const int Most = 500;

    /// <summary>
    /// When the newest entry of the same kind was written, if that is less than <paramref name="pause"/> ago; else null. Reads the
    /// last rows of one stretch of an index, however long the trail is. An entry further ahead than the pause is by a clock that was wrong: it silences nobody.
    /// </summary>
    public static async Task<DateTimeOffset?> LastAsync(LedgerTransaction write, RefusedCall call, TimeSpan pause)
    {
        var since = write.Now - pause;
        var newest = await write.Db.Audit.Where(entry => entry.ActorName == call.ActorName && entry.Action == call.Action)
            .OrderByDescending(entry => entry.Sequence).Take(Most)
            .Where(entry => entry.At > since && entry.ProjectId == call.ProjectId).OrderByDescending(entry => entry.Sequence)
            .Select(entry => new { entry.At, entry.ActorKind, entry.Subject, entry.After }).ToListAsync(write.CancellationToken);
        var last = newest.FirstOrDefault(entry =>
            entry.ActorKind == call.ActorKind && entry.Subject == call.Subject && entry.At - write.Now < pause && ReasonOf(entry.After) == call.Reason);
        // Two machines' clocks differ by a little: nobody waits from a moment that is still to come.
        return last is null ? null : last.At < write.Now ? last.At : write.Now;
    }

    private static string? ReasonOf(string? after)
    {
        if (after is null)
            return null;
        using var json = JsonDocument.Parse(after);
        return json.RootElement.TryGetProperty("reason", out var reason) ? reason.GetString() : null;
    }
}
