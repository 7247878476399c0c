using System.Security.Cryptography;

namespace ReleaseDashboard.Core.Audit.Merkle;

/// <summary>
/// How leaves and nodes are hashed (RFC 9162, section 2.1.1). Each has a first byte of its own, so that a node can never
/// pass for a leaf.
/// </summary>
public static class MerkleHash
{
    /// <summary>Length in bytes of what is hashed for a leaf.</summary>
    internal const int LeafLength = 1 + Hash256.Length;

    /// <summary>Length in bytes of what is hashed for a node.</summary>
    internal const int NodeLength = 1 + (2 * Hash256.Length);

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Hash256 Empty { get; } = Hash256.Read(SHA256.HashData([]));

    /// <summary>SHA-256 of a zero byte and the value; here the value is an audit entry's own hash.</summary>
    public static Hash256 Leaf(Hash256 value)
    {
        Span<byte> input = stackalloc byte[LeafLength];
        WriteLeaf(value, input);
        return Digest(input);
    }

    /// <summary>SHA-256 of a one byte and both children.</summary>
    public static Hash256 Node(Hash256 left, Hash256 right)
    {
        Span<byte> input = stackalloc byte[NodeLength];
        WriteNode(left, right, input);
        return Digest(input);
    }

    internal static void WriteLeaf(Hash256 value, Span<byte> target)
    {
        target[0] = LeafPrefix;
        value.Write(target[1..]);
    }

    internal static void WriteNode(Hash256 left, Hash256 right, Span<byte> target)
    {
        target[0] = NodePrefix;
        left.Write(target[1..]);
        right.Write(target[(1 + Hash256.Length)..]);
    }

    private static Hash256 Digest(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[Hash256.Length];
        SHA256.HashData(input, output);
        return Hash256.Read(output);
    }
}
