using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>
/// Says what was done to the entry at which the chain breaks. An entry's hash covers the number it was written under, so
/// one that was moved, also to close or to make a gap, is recognised by trying the numbers around it.
/// </summary>
internal sealed class Diagnosis
{
    // How far from its place an entry is looked for. What was moved further is reported as changed, which it was.
    private const int Reach = 64;

    private readonly Dictionary<long, AuditRecord> rows;

    private Diagnosis(IEnumerable<AuditRecord> rows) => this.rows = rows.ToDictionary(row => row.Sequence);

    /// <param name="recorded">How many entries there should be.</param>
    public static async Task<AuditFinding> OfAsync(LedgerStore ledger, BadEntry bad, long recorded, CancellationToken cancellationToken)
    {
        if (bad.Kind == BadEntryKind.Unreadable)
            return Found.Changed(bad.Sequence, Found.Text($"{bad.Column} of entry {bad.Sequence:N0} holds a value that the product never writes."));
        await using var db = ledger.Read();
        if (bad.Kind == BadEntryKind.Missing)
        {
            var next = await db.Audit.Where(entry => entry.Sequence > bad.Sequence).MinAsync(entry => (long?)entry.Sequence, cancellationToken);
            return Found.Removed(bad.Sequence, (next ?? (recorded + 1)) - 1);
        }
        var around = await db.Audit.Where(entry => entry.Sequence >= bad.Sequence - Reach && entry.Sequence <= bad.Sequence + Reach).ToListAsync(cancellationToken);
        return new Diagnosis(around).Of(bad.Sequence);
    }

    private AuditFinding Of(long at)
    {
        if (Written(at) is { } written && written != at)
            return OfMoved(at, written);
        // The row after it may have been pushed there by one that was put in.
        if (Written(at + 1) == at)
            return Found.Inserted(at, at, Found.Text($"what stands after it was written as entry {at:N0}"));
        var row = rows[at];
        var previous = rows.GetValueOrDefault(at - 1)?.Hash ?? AuditEntry.Genesis;
        if (row.ToEntry().HashAfter(row.PreviousHash) == row.Hash)
            return Rewritten(at, row);
        if (row.ToEntry().HashAfter(previous) == row.Hash)
            return Found.Changed(at, Found.Text($"PreviousHash of entry {at:N0} was changed."));
        return Found.Changed(at, row.PreviousHash == previous && rows.GetValueOrDefault(at + 1)?.PreviousHash is { } next && next != row.Hash
            ? Found.Text($"Entry {at:N0} was changed after it was written: neither its hash nor what entry {at + 1:N0} says of it fits its fields.")
            : Found.Text($"Entry {at:N0} was changed after it was written: its fields are not those that its hash was made from."));
    }

    private AuditFinding OfMoved(long at, long written)
    {
        var continues = rows[at].PreviousHash == (rows.GetValueOrDefault(written - 1)?.Hash ?? AuditEntry.Genesis);
        if (written < at && continues)
            return Found.Inserted(written, at - 1, Found.Text($"what stands at {at:N0} was written as entry {written:N0}"));
        if (written > at && Written(written) != at && Written(at + 1) == written + 1)
            return Found.RemovedAndClosed(at, written);
        return Found.Moved(at, written);
    }

    // Its own hash fits its fields. It names another hash than the entry before has: one of the two was written again.
    private static AuditFinding Rewritten(long at, AuditRecord row) => at == 1
        ? Found.Changed(1, $"Entry 1 says that it continues from {row.PreviousHash[..Math.Min(8, row.PreviousHash.Length)]}…, but nothing comes before it.")
        : Found.Changed(at - 1, Found.Text($"Entry {at - 1:N0} was written again with a new hash: entry {at:N0}, which is unchanged in itself, continues from another one."));

    /// <summary>The number under which the row's fields were hashed, or null when it is none of the numbers around.</summary>
    private long? Written(long at)
    {
        if (!rows.TryGetValue(at, out var row))
            return null;
        var entry = row.ToEntry();
        for (var distance = 0; distance <= Reach; distance++)
        {
            if (Fits(at - distance))
                return at - distance;
            if (Fits(at + distance))
                return at + distance;
        }
        return null;

        bool Fits(long number) => number > 0 && (entry with { Sequence = number }).HashAfter(row.PreviousHash) == row.Hash;
    }
}
