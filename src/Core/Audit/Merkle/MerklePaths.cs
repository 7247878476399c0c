namespace ReleaseDashboard.Core.Audit.Merkle;

/// <summary>Which subtrees' roots make a proof, in the order of the proof (RFC 9162, sections 2.1.3.1 and 2.1.4.1).</summary>
public static class MerklePaths
{
    /// <summary>The way from a leaf up to the root.</summary>
    /// <param name="index">The leaf, from 0.</param>
    /// <param name="size">How many leaves the tree has.</param>
    public static IReadOnlyList<MerkleRange> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<MerkleRange>();
        var tree = new MerkleRange(0, size);
        while (tree.Count > 1)
        {
            var (left, right) = tree.Split();
            var isLeft = index < left.End;
            path.Add(isLeft ? right : left);
            tree = isLeft ? left : right;
        }
        path.Reverse();
        return path;
    }

    /// <summary>What shows that the tree of the first <paramref name="older"/> leaves is the beginning of the newer one.</summary>
    public static IReadOnlyList<MerkleRange> Consistency(long older, long newer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(older, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, newer);
        var path = new List<MerkleRange>();
        var tree = new MerkleRange(0, newer);
        while (tree.End != older)
        {
            var (left, right) = tree.Split();
            var isLeft = older <= left.End;
            path.Add(isLeft ? right : left);
            tree = isLeft ? left : right;
        }
        // The older root itself is known to whoever checks; a part of it is not.
        if (tree.Start > 0)
            path.Add(tree);
        path.Reverse();
        return path;
    }
}
