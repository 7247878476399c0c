using System.Buffers.Binary;
using System.Numerics;

namespace ReleaseDashboard.Sandbox.Indexes;

/// <summary>BLAKE2b with a 256-bit result (RFC 7693), which uploads carry and the base class library lacks.</summary>
internal sealed class Blake2b
{
    private const int BlockSize = 128;
    private const int DigestSize = 32;

    private static readonly ulong[] Start =
    [
        0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
        0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    ];

    // Table of the standard, section 2.7: which word each round mixes in, in hexadecimal digits.
    private static readonly int[][] Schedule = [.. new[]
    {
        "0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d",
        "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0",
    }.Select(row => row.Select(digit => Convert.ToInt32(digit.ToString(), 16)).ToArray())];

    private readonly ulong[] state = [.. Start];
    private readonly byte[] block = new byte[BlockSize];
    private int filled;
    private ulong length;

    internal Blake2b() => state[0] ^= 0x01010000 ^ DigestSize;

    internal void Append(ReadOnlySpan<byte> data)
    {
        while (data.Length > 0)
        {
            // The last block is marked as such, so a full one waits until it is known that more follows.
            if (filled == BlockSize)
                Compress(last: false);
            var taken = Math.Min(BlockSize - filled, data.Length);
            data[..taken].CopyTo(block.AsSpan(filled));
            filled += taken;
            data = data[taken..];
        }
    }

    /// <summary>The digest; the instance is used up.</summary>
    internal byte[] Finish()
    {
        block.AsSpan(filled).Clear();
        Compress(last: true);
        var digest = new byte[DigestSize];
        for (var i = 0; i < DigestSize / 8; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(digest.AsSpan(i * 8), state[i]);
        return digest;
    }

    private void Compress(bool last)
    {
        length += (ulong)filled;
        filled = 0;
        Span<ulong> words = stackalloc ulong[16];
        for (var i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(i * 8));
        Span<ulong> v = stackalloc ulong[16];
        state.CopyTo(v);
        Start.CopyTo(v[8..]);
        v[12] ^= length;
        if (last)
            v[14] = ~v[14];
        for (var round = 0; round < 12; round++)
        {
            var order = Schedule[round % 10];
            for (var i = 0; i < 4; i++)
                Mix(v, i, 4 + i, 8 + i, 12 + i, words[order[2 * i]], words[order[2 * i + 1]]);
            for (var i = 0; i < 4; i++)
                Mix(v, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, words[order[8 + 2 * i]], words[order[9 + 2 * i]]);
        }

        for (var i = 0; i < 8; i++)
            state[i] ^= v[i] ^ v[i + 8];
    }

    private static void Mix(Span<ulong> v, int a, int b, int c, int d, ulong x, ulong y)
    {
        v[a] += v[b] + x;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = BitOperations.RotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = BitOperations.RotateRight(v[b] ^ v[c], 63);
    }
}
