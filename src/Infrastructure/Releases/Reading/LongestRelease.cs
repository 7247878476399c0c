using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>
/// How long the longest release took. Asked of all of them once in a while, because no index knows; in between only of those that
/// ended since, so that the answer is never too short.
/// </summary>
internal sealed class LongestRelease(TimeProvider time)
{
    // Facts of releases that ended long ago may still be written, see ReleaseFactsFill.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(6);

    // A release is over for others a moment after the end that it says, and clocks differ.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private Known? known;

    public async Task<TimeSpan> ReadAsync(LedgerContext db, CancellationToken cancellationToken)
    {
        var last = known is { } read && time.GetElapsedTime(read.Since) < Kept ? read : null;
        var now = time.GetUtcNow();
        var facts = last is null ? db.ReleaseFacts : db.ReleaseFacts.Where(own => own.FinishedAt >= last.Until - Overlap);
        var milliseconds = Math.Max(last?.Milliseconds ?? 0, await facts.MaxAsync(own => (long?)own.LeadMilliseconds, cancellationToken) ?? 0);
        known = new Known(last?.Since ?? time.GetTimestamp(), now, milliseconds);
        return TimeSpan.FromMilliseconds(milliseconds);
    }

    private sealed record Known(long Since, DateTimeOffset Until, long Milliseconds);
}
