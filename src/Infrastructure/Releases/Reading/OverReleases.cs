using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Releases.Reading;

/// <summary>
/// Finds releases that are over in the order of their starts, through indexes that have them in the order of their ends. Who ended
/// at a moment had started before it; so once enough are found that started after the end that is read next, nothing older can come
/// between them. A page further back begins as much later than its first start as the longest release took.
/// </summary>
internal sealed class OverReleases(LedgerStore ledger)
{
    // Clocks of several servers may differ by so much.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <returns>Ids, newest first, at most so many.</returns>
    public async Task<IReadOnlyList<Guid>> FindAsync(
        LedgerContext db, ReleaseFilter filter, Guid? project, VisibleProjects visible, IReadOnlyList<SearchWord> words, int count, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<Guid>? only = visible.IsAll ? null : [.. visible.Names.Keys];
        var from = filter.Before is { } before ? After(StartOf(before), await LongestAsync(db, cancellationToken)) : null;
        // Some more than wanted, so that one reading is enough unless releases overlap a lot.
        var batch = count + Math.Max(50, count / 2);
        var found = new List<Guid>();
        while (true)
        {
            var sql = new HistorySql(ledger.IsSqlite);
            var text = sql.Text(filter.ToHistory(), project, only, words, from, newer: false, batch, below: filter.Before);
            var places = await sql.ReadAsync(db, text, cancellationToken);
            found.AddRange(places.Select(place => place.Id));
            found.Sort((one, other) => other.CompareTo(one));
            if (found.Count > count)
                found.RemoveRange(count, found.Count - count);
            if (places.Count < batch || (found.Count == count && StartOf(found[^1]) > places[^1].At + Slack))
                return found;
            from = places[^1];
        }
    }

    /// <summary>How long the longest release took: the end of an index.</summary>
    private static async Task<TimeSpan> LongestAsync(LedgerContext db, CancellationToken cancellationToken) =>
        TimeSpan.FromMilliseconds(await db.ReleaseFacts.MaxAsync(own => (long?)own.LeadMilliseconds, cancellationToken) ?? 0);

    private static HistorySql.Place? After(DateTimeOffset start, TimeSpan took) =>
        start < DateTimeOffset.MaxValue - took - Slack - Slack ? new HistorySql.Place(start + took + Slack, Guid.AllBitsSet) : null;

    /// <summary>When the id was made: a version 7 begins with the milliseconds since 1970. Any other still sorts by the same bits.</summary>
    private static DateTimeOffset StartOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = 0L;
        foreach (var part in bytes[..6])
            milliseconds = (milliseconds << 8) | part;
        return milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.MaxValue;
    }
}
