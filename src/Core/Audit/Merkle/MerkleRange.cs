using System.Numerics;
using System.Runtime.InteropServices;

namespace ReleaseDashboard.Core.Audit.Merkle;

/// <summary>A subtree, by the leaves under it: from <paramref name="Start"/> (counted from 0) up to, without, <paramref name="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MerkleRange(long Start, long End)
{
    public long Count => End - Start;

    /// <summary>Whether its leaves fill a perfect binary tree.</summary>
    public bool IsFull => BitOperations.IsPow2(Count) && Start % Count == 0;

    /// <summary>The left part is the largest perfect tree that leaves something for the right one.</summary>
    public (MerkleRange Left, MerkleRange Right) Split()
    {
        var half = (long)(BitOperations.RoundUpToPowerOf2((ulong)Count) / 2);
        return (new MerkleRange(Start, Start + half), new MerkleRange(Start + half, End));
    }
}
