using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Listing;

/// <summary>Turns a range of times into the sequences that can lie in it.</summary>
internal static class AuditTimes
{
    /// <summary>Entries of one stored span.</summary>
    public const int Width = 1024;

    /// <summary>
    /// Bounds that no matching entry lies outside of; within them single entries may still be too early or too late.
    /// </summary>
    /// <param name="from">From this moment on, or null.</param>
    /// <param name="to">Before this moment, or null.</param>
    /// <returns>The lowest sequence, and the one after the highest.</returns>
    public static async Task<(long First, long End)> BoundsAsync(LedgerContext db, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var (first, end) = (1L, long.MaxValue);
        if (from is null && to is null)
            return (first, end);
        // What came after the last span is in none yet, and so within every bounds.
        var covered = await db.AuditSpans.OrderByDescending(span => span.Index).Select(span => (long?)span.Index).FirstOrDefaultAsync(cancellationToken) ?? -1;
        if (from?.ToUniversalTime() is { } earliest)
        {
            var index = await db.AuditSpans.Where(span => span.Latest >= earliest).OrderBy(span => span.Index).Select(span => (long?)span.Index).FirstOrDefaultAsync(cancellationToken);
            first = ((index ?? (covered + 1)) * Width) + 1;
        }
        if (to?.ToUniversalTime() is { } latest && await NoneAfterAsync(db, (covered + 1) * Width, latest, cancellationToken))
        {
            var index = await db.AuditSpans.Where(span => span.Earliest < latest).OrderByDescending(span => span.Index).Select(span => (long?)span.Index).FirstOrDefaultAsync(cancellationToken);
            end = ((index ?? -1) + 1) * Width + 1;
        }
        return (first, end);
    }

    // At most the entries of a few spans; the schedule adds spans as entries come.
    private static async Task<bool> NoneAfterAsync(LedgerContext db, long sequence, DateTimeOffset latest, CancellationToken cancellationToken) =>
        !await db.Audit.AnyAsync(entry => entry.Sequence > sequence && entry.At < latest, cancellationToken);
}
