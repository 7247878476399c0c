using System.Collections.Concurrent;
using System.Text;
using ReleaseDashboard.Core.Audit;
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
    private readonly long first;
    private readonly long last;
    private readonly long[] sizes;
    private readonly MerkleFrontier block = new();
    private readonly AuditHasher hasher = new();
    private readonly byte[] previous = new byte[64];
    private readonly byte[] computed = new byte[Hash256.Length];
    private readonly byte[] computedHex = new byte[64];
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
    public string? LastHash => next == first ? null : Encoding.ASCII.GetString(previous);

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
        progress.Flush(this);
        if (Bad is null && next <= last)
            Bad = new BadEntry(next, BadEntryKind.Missing);
    }

    private bool Take(in RawAuditEntry entry, ConcurrentProgress progress)
    {
        if (entry.Sequence != next)
            return Fail(BadEntryKind.Missing);
        if (entry.Unreadable is { } column)
            return Fail(BadEntryKind.Unreadable, column);
        if (next == first)
            FirstPrevious = Encoding.UTF8.GetString(entry.PreviousHash);
        else if (!entry.PreviousHash.SequenceEqual(previous))
            return Fail(BadEntryKind.Link);
        hasher.HashAfter(entry.PreviousHash, entry, computed);
        Convert.TryToHexStringLower(computed, computedHex, out _);
        if (!entry.Hash.SequenceEqual(computedHex))
            return Fail(BadEntryKind.Hash);
        computedHex.CopyTo(previous, 0);
        Grow(entry.At);
        next++;
        progress.Count(next - first);
        return true;
    }

    private bool Fail(BadEntryKind kind, string? column = null)
    {
        Bad = new BadEntry(next, kind, column);
        // The tree over what is good ends here.
        Edges[LastGood] = block.Nodes.ToArray();
        return false;
    }

    private void Grow(long at)
    {
        block.Add(MerkleHash.Leaf(Hash256.Read(computed)));
        if (block.Count == AuditTree.Width)
        {
            Tiles.Add(block.Root());
            block.Clear();
        }
        while (nextSize < sizes.Length && sizes[nextSize] <= next)
        {
            if (sizes[nextSize] == next)
                Edges[next] = block.Nodes.ToArray();
            nextSize++;
        }
        span = (Math.Min(span.Earliest, at), Math.Max(span.Latest, at));
        if (next % AuditTimes.Width != 0)
            return;
        Spans.Add(span);
        span = (long.MaxValue, long.MinValue);
    }
}
