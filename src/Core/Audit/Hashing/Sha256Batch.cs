using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using ReleaseDashboard.Core.Audit.Merkle;

namespace ReleaseDashboard.Core.Audit.Hashing;

/// <summary>Collects messages and hashes them together, SHA-256 each. Not for two threads at once.</summary>
public sealed class Sha256Batch
{
    /// <summary>How many messages one batch takes.</summary>
    public const int Width = Sha256Lanes.Width;

    private const int BlockLength = 64;

    // After a message come one byte and its length in bits.
    private const int Ending = 1 + sizeof(long);

    // A long one would keep the other lanes waiting; it goes to the library, where a call is then nothing beside the hashing.
    private const int LaneLength = 32 * BlockLength;

    private readonly byte[] lanes = new byte[Width * LaneLength];
    private readonly int[] blocks = new int[Width];
    private readonly Hash256[] hashes = new Hash256[Width];

    /// <summary>How many messages wait.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == Width;

    /// <summary>Takes a copy of the message.</summary>
    /// <exception cref="InvalidOperationException">The batch is full.</exception>
    public void Add(ReadOnlySpan<byte> message)
    {
        if (IsFull)
            throw new InvalidOperationException("The batch is full: complete it first.");
        var lane = Count++;
        if (!Sha256Lanes.IsSupported || message.Length > LaneLength - Ending)
        {
            blocks[lane] = 0;
            Span<byte> hash = stackalloc byte[Hash256.Length];
            SHA256.HashData(message, hash);
            hashes[lane] = Hash256.Read(hash);
            return;
        }
        blocks[lane] = (message.Length + Ending + BlockLength - 1) / BlockLength;
        var target = lanes.AsSpan(lane * LaneLength, blocks[lane] * BlockLength);
        message.CopyTo(target);
        target[message.Length] = 0x80;
        target[(message.Length + 1)..^sizeof(long)].Clear();
        BinaryPrimitives.WriteInt64BigEndian(target[^sizeof(long)..], message.Length * 8L);
    }

    /// <summary>The hashes of all that wait, in their order: good until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<Hash256> Complete()
    {
        var count = Count;
        Count = 0;
        var last = 0;
        for (var lane = 0; lane < count; lane++)
            last = Math.Max(last, blocks[lane]);
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[Sha256Lanes.StateWords];
        Span<Vector256<uint>> block = stackalloc Vector256<uint>[Sha256Lanes.BlockWords];
        Sha256Lanes.Begin(state);
        for (var at = 1; at <= last; at++)
        {
            Load(block, (at - 1) * BlockLength);
            Sha256Lanes.Compress(state, block);
            // Lanes whose message has ended go on with what lies behind it, which nobody reads.
            for (var lane = 0; lane < count; lane++)
            {
                if (blocks[lane] == at)
                    hashes[lane] = Read(state, lane);
            }
        }
        return hashes.AsSpan(0, count);
    }

    private void Load(Span<Vector256<uint>> block, int offset)
    {
        var words = MemoryMarshal.Cast<byte, uint>(lanes.AsSpan(offset));
        const int lane = LaneLength / sizeof(uint);
        for (var at = 0; at < block.Length; at++)
        {
            block[at] = Vector256.Create(
                Word(words[at]), Word(words[at + lane]), Word(words[at + (2 * lane)]), Word(words[at + (3 * lane)]),
                Word(words[at + (4 * lane)]), Word(words[at + (5 * lane)]), Word(words[at + (6 * lane)]), Word(words[at + (7 * lane)]));
        }
    }

    private static uint Word(uint stored) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(stored) : stored;

    private static Hash256 Read(ReadOnlySpan<Vector256<uint>> state, int lane)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        for (var word = 0; word < state.Length; word++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes[(word * sizeof(uint))..], state[word].GetElement(lane));
        return Hash256.Read(bytes);
    }
}
