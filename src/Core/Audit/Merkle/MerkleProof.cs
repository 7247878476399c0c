using System.Numerics;

namespace ReleaseDashboard.Core.Audit.Merkle;

/// <summary>Checks proofs without the tree (RFC 9162, sections 2.1.3.2 and 2.1.4.2).</summary>
public static class MerkleProof
{
    /// <summary>Whether the leaf is at this place in the tree with this root.</summary>
    /// <param name="leaf">The leaf's hash, see <see cref="MerkleHash.Leaf"/>.</param>
    /// <param name="index">From 0.</param>
    public static bool Includes(Hash256 leaf, long index, long size, IReadOnlyList<Hash256> path, Hash256 root)
    {
        if (index < 0 || index >= size)
            return false;
        var (at, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in path)
        {
            if (last == 0)
                return false;
            if (IsOdd(at) || at == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                Climb(ref at, ref last);
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        return last == 0 && hash == root;
    }

    /// <summary>Whether the newer tree begins with the leaves of the older one.</summary>
    public static bool IsConsistent(long olderSize, Hash256 olderRoot, long newerSize, Hash256 newerRoot, IReadOnlyList<Hash256> path)
    {
        if (olderSize < 0 || olderSize > newerSize)
            return false;
        if (olderSize == newerSize)
            return path.Count == 0 && olderRoot == newerRoot;
        if (olderSize == 0)
            return path.Count == 0 && olderRoot == MerkleHash.Empty;
        List<Hash256> whole = BitOperations.IsPow2(olderSize) ? [olderRoot, .. path] : [.. path];
        if (whole.Count == 0)
            return false;
        var (at, last) = (olderSize - 1, newerSize - 1);
        while (IsOdd(at))
            (at, last) = (at >> 1, last >> 1);
        var (older, newer) = (whole[0], whole[0]);
        foreach (var node in whole.Skip(1))
        {
            if (last == 0)
                return false;
            if (IsOdd(at) || at == last)
            {
                (older, newer) = (MerkleHash.Node(node, older), MerkleHash.Node(node, newer));
                Climb(ref at, ref last);
            }
            else
            {
                newer = MerkleHash.Node(newer, node);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        return last == 0 && older == olderRoot && newer == newerRoot;
    }

    // Where the tree ends on the right, a node may be its parent's only child for some levels.
    private static void Climb(ref long at, ref long last)
    {
        while (!IsOdd(at) && at != 0)
            (at, last) = (at >> 1, last >> 1);
    }

    private static bool IsOdd(long number) => (number & 1) == 1;
}
