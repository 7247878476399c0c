using System.Collections.Concurrent;
using System.Text;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Audit.Hashing;
using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Infrastructure.Audit.Reading;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Audit.Tree;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>
/// Checks one range of the chain by itself, so that several can be checked at once, and builds its part of the tree.
/// Whether it continues from the range before is for <see cref="ChainScan"/> to compare.
/// </summary>
internal sealed class ChainPart
{
    private const int HexLength = 2 * Hash256.Length;

    private readonly long first;
    private readonly long last;
    private readonly long[] sizes;
    private readonly MerkleBlock block = new(AuditTree.Width);
    private readonly AuditEntryText text = new();
    private readonly Sha256Batch batch = new();
    private readonly (byte[] Hash, long At)[] waiting = [.. Enumerable.Range(0, Sha256Batch.Width).Select(_ => (new byte[HexLength], 0L))];
    private readonly byte[] previous = new byte[HexLength];
    private readonly byte[] head = new byte[HexLength];
    private long next;
    private int nextSize;
    private (long Earliest, long Latest) span = (long.MaxValue, long.MinValue);

    /// <param name="sizes">Sizes of trees that checkpoints speak of, ascending.</param>
    public ChainPart(long first, long last, long[] sizes)
    {
        (this.first, this.last, this.sizes, next) = (first, last, sizes, first);
        var at = Array.BinarySearch(sizes, first);
        nextSize = at < 0 ? ~at : at;
    }

    public long First => first;

    /// <summary>The hash that the range's first entry says it continues from.</summary>
    public string? FirstPrevious { get; private set; }

    /// <summary>Hash of the last good entry, or null when there is none.</summary>
    public string? LastHash => next == first ? null : Encoding.ASCII.GetString(head);

    /// <summary>The last good entry, or the one before the range.</summary>
    public long LastGood => next - 1;

    public BadEntry? Bad { get; private set; }

    /// <summary>Roots of the full subtrees of 256 entries, in order.</summary>
    public List<Hash256> Tiles { get; } = [];

    /// <summary>Right edges of the trees whose size is no multiple of 256: what comes after the last full subtree.</summary>
    public Dictionary<long, Hash256[]> Edges { get; } = [];

    /// <summary>Earliest and latest time of each full 1,024 entries, in milliseconds.</summary>
    public List<(long Earliest, long Latest)> Spans { get; } = [];

    public void Check(IRawAuditSource source, ConcurrentProgress progress, CancellationToken cancellationToken)
    {
        source.Read(first, last, (in RawAuditEntry entry) => Take(entry, progress), cancellationToken);
        var isGood = Bad is null && Settle(progress);
        progress.Flush(this);
        if (isGood && next <= last)
            Fail(BadEntryKind.Missing);
    }

    private bool Take(in RawAuditEntry entry, ConcurrentProgress progress)
    {
        if (Wrong(entry) is { } kind)
            return Settle(progress) && Fail(kind, entry.Unreadable);
        if (next + batch.Count == first)
            FirstPrevious = Encoding.UTF8.GetString(entry.PreviousHash);
        ref var claim = ref waiting[batch.Count];
        entry.Hash.CopyTo(claim.Hash);
        claim.At = entry.At;
        entry.Hash.CopyTo(previous);
        batch.Add(text.After(entry.PreviousHash, entry));
        return !batch.IsFull || Settle(progress);
    }

    /// <summary>What is wrong with the entry as far as can be said without hashing it; null when nothing is.</summary>
    private BadEntryKind? Wrong(in RawAuditEntry entry)
    {
        var expected = next + batch.Count;
        if (entry.Sequence != expected)
            return BadEntryKind.Missing;
        if (entry.Unreadable is not null)
            return BadEntryKind.Unreadable;
        if (expected != first && !entry.PreviousHash.SequenceEqual(previous))
            return BadEntryKind.Link;
        return entry.Hash.Length == HexLength ? null : BadEntryKind.Hash;
    }

    /// <summary>Compares the hashes of all that wait with what the entries say; false when one is wrong.</summary>
    private bool Settle(ConcurrentProgress progress)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        Span<byte> hex = stackalloc byte[HexLength];
        var hashes = batch.Complete();
        for (var at = 0; at < hashes.Length; at++)
        {
            hashes[at].Write(bytes);
            Convert.TryToHexStringLower(bytes, hex, out _);
            if (!hex.SequenceEqual(waiting[at].Hash))
                return Fail(BadEntryKind.Hash);
            waiting[at].Hash.CopyTo(head, 0);
            Grow(hashes[at], waiting[at].At);
            next++;
            progress.Count(next - first);
        }
        return true;
    }

    private bool Fail(BadEntryKind kind, string? column = null)
    {
        Bad = new BadEntry(next, kind, column);
        // The tree over what is good ends here.
        Edges[LastGood] = block.Subtrees();
        return false;
    }

    private void Grow(Hash256 hash, long at)
    {
        block.Add(hash);
        if (block.IsFull)
        {
            Tiles.Add(block.Subtrees()[0]);
            block.Clear();
        }
        while (nextSize < sizes.Length && sizes[nextSize] <= next)
        {
            if (sizes[nextSize] == next)
                Edges[next] = block.Subtrees();
            nextSize++;
        }
        span = (Math.Min(span.Earliest, at), Math.Max(span.Latest, at));
        if (next % AuditTimes.Width != 0)
            return;
        Spans.Add(span);
        span = (long.MaxValue, long.MinValue);
    }
}
