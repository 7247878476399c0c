using ReleaseDashboard.Core.Audit.Hashing;

namespace ReleaseDashboard.Core.Audit.Merkle;

/// <summary>
/// Leaves that are hashed together, level by level: what <see cref="MerkleFrontier"/> does with one at a time, several
/// times faster. Not for two threads at once.
/// </summary>
/// <param name="capacity">How many leaves it takes.</param>
public sealed class MerkleBlock(int capacity)
{
    private readonly Sha256Batch batch = new();
    private readonly Hash256[] values = new Hash256[capacity];
    private readonly Hash256[] level = new Hash256[capacity];

    /// <summary>How many leaves were added.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    /// <param name="value">What the next leaf stands for, not hashed yet as a leaf.</param>
    public void Add(Hash256 value) => values[Count++] = value;

    public void Clear() => Count = 0;

    /// <summary>Roots of the perfect subtrees that the leaves fill, largest first: a single one for a power of two.</summary>
    public Hash256[] Subtrees()
    {
        var hashed = 0;
        Span<byte> leaf = stackalloc byte[MerkleHash.LeafLength];
        for (var at = 0; at < Count; at++)
        {
            MerkleHash.WriteLeaf(values[at], leaf);
            Hash(leaf, ref hashed);
        }
        Complete(ref hashed);

        var roots = new List<Hash256>();
        Span<byte> node = stackalloc byte[MerkleHash.NodeLength];
        for (var count = Count; count > 0; count /= 2)
        {
            if (count % 2 == 1)
                roots.Insert(0, level[count - 1]);
            hashed = 0;
            for (var at = 0; at + 1 < count; at += 2)
            {
                MerkleHash.WriteNode(level[at], level[at + 1], node);
                Hash(node, ref hashed);
            }
            Complete(ref hashed);
        }
        return [.. roots];
    }

    private void Hash(ReadOnlySpan<byte> message, ref int hashed)
    {
        batch.Add(message);
        if (batch.IsFull)
            Complete(ref hashed);
    }

    // A level is written over itself: what is read lies ahead of what is written.
    private void Complete(ref int hashed)
    {
        var hashes = batch.Complete();
        hashes.CopyTo(level.AsSpan(hashed));
        hashed += hashes.Length;
    }
}
