namespace ReleaseDashboard.Core.Audit.Merkle;

/// <summary>
/// The right edge of a growing tree: the roots of the perfect subtrees that its leaves fill, largest first. Enough to add
/// leaves and to know the root, in 64 hashes for any size.
/// </summary>
public sealed class MerkleFrontier
{
    private readonly Hash256[] nodes = new Hash256[64];
    private int depth;

    /// <summary>How many leaves (or equal subtrees) were added.</summary>
    public long Count { get; private set; }

    /// <summary>The subtrees' roots, largest first.</summary>
    public ReadOnlySpan<Hash256> Nodes => nodes.AsSpan(0, depth);

    /// <param name="hash">The next leaf's hash; or always the root of a perfect subtree of the same size.</param>
    public void Add(Hash256 hash)
    {
        nodes[depth++] = hash;
        for (var count = Count; (count & 1) == 1; count >>= 1)
        {
            depth--;
            nodes[depth - 1] = MerkleHash.Node(nodes[depth - 1], nodes[depth]);
        }
        Count++;
    }

    public void Clear() => (depth, Count) = (0, 0);

    /// <summary>The root of everything added, followed by smaller subtrees.</summary>
    /// <param name="smaller">Roots of the subtrees after them, largest first; often none.</param>
    public Hash256 Root(ReadOnlySpan<Hash256> smaller = default)
    {
        if (depth + smaller.Length == 0)
            return MerkleHash.Empty;
        var root = smaller.Length > 0 ? smaller[^1] : nodes[depth - 1];
        for (var at = smaller.Length - 2; at >= 0; at--)
            root = MerkleHash.Node(smaller[at], root);
        for (var at = smaller.Length > 0 ? depth - 1 : depth - 2; at >= 0; at--)
            root = MerkleHash.Node(nodes[at], root);
        return root;
    }
}
