using System.Security.Cryptography;
using ReleaseDashboard.Core.Audit.Merkle;

namespace ReleaseDashboard.Core.Tests.Audit;

/// <summary>The definitions of RFC 9162 (2.1.1, 2.1.3.1, 2.1.4.1) written down as they stand there, slow and plain.</summary>
internal static class NaiveMerkle
{
    public static byte[] Root(ReadOnlySpan<byte[]> leaves) => leaves.Length switch
    {
        0 => SHA256.HashData([]),
        1 => SHA256.HashData([0, .. leaves[0]]),
        var n => SHA256.HashData([1, .. Root(leaves[..Half(n)]), .. Root(leaves[Half(n)..])]),
    };

    public static List<byte[]> Path(int m, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
            return [];
        var k = Half(leaves.Length);
        return m < k ? [.. Path(m, leaves[..k]), Root(leaves[k..])] : [.. Path(m - k, leaves[k..]), Root(leaves[..k])];
    }

    public static List<byte[]> Proof(int m, ReadOnlySpan<byte[]> leaves, bool isComplete = true)
    {
        if (m == leaves.Length)
            return isComplete ? [] : [Root(leaves)];
        var k = Half(leaves.Length);
        return m <= k ? [.. Proof(m, leaves[..k], isComplete), Root(leaves[k..])] : [.. Proof(m - k, leaves[k..], false), Root(leaves[..k])];
    }

    public static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(at => SHA256.HashData(BitConverter.GetBytes(at)))];

    public static List<string> Hex(IEnumerable<byte[]> hashes) => [.. hashes.Select(Convert.ToHexStringLower)];

    public static Hash256 RootOf(byte[][] leaves, MerkleRange range) => Hash256.Read(Root(leaves.AsSpan((int)range.Start, (int)range.Count)));

    // The largest power of two below n.
    private static int Half(int n)
    {
        var k = 1;
        while (k * 2 < n)
            k *= 2;
        return k;
    }
}
