using System.Data.Common;
using System.Globalization;
using System.Numerics;
using ReleaseDashboard.Core.Audit.Merkle;

namespace ReleaseDashboard.Infrastructure.Audit.Tree;

/// <summary>Hashes of subtrees, from stored tiles where there are any. Remembers what it read: proofs share most of it.</summary>
internal sealed class AuditTreeNodes(DbConnection connection, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly Dictionary<(int Level, long Block), Hash256?[]> blocks = [];

    public Task<Hash256> RootAsync(long size) => size == 0 ? Task.FromResult(MerkleHash.Empty) : HashAsync(new MerkleRange(0, size));

    public async Task<IReadOnlyList<Hash256>> HashesAsync(IReadOnlyList<MerkleRange> ranges)
    {
        var hashes = new Hash256[ranges.Count];
        for (var at = 0; at < hashes.Length; at++)
            hashes[at] = await HashAsync(ranges[at]);
        return hashes;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<Hash256> HashAsync(MerkleRange range)
    {
        if (range.IsFull)
            return await FullAsync(BitOperations.TrailingZeroCount(range.Count), range.Start / range.Count);
        var (left, right) = range.Split();
        return MerkleHash.Node(await HashAsync(left), await HashAsync(right));
    }

    /// <summary>Root of a perfect subtree of 2^height leaves.</summary>
    private async Task<Hash256> FullAsync(int height, long index)
    {
        var level = height / AuditTree.Levels;
        var rest = height % AuditTree.Levels;
        if (level == 0 || rest == 0)
        {
            // Its nodes of the stored level lie in one block: as many as a power of two below 256, and aligned.
            var block = await BlockAsync(level, (index << rest) / AuditTree.Width);
            var from = (int)((index << rest) % AuditTree.Width);
            if (rest == 0)
                return block[from] ?? (level == 0 ? throw Missing(index) : await ChildrenAsync(height, index));
            var nodes = new MerkleFrontier();
            for (var at = 0; at < 1 << rest; at++)
                nodes.Add(block[from + at] ?? throw Missing((index << rest) + at));
            return nodes.Root();
        }
        return await ChildrenAsync(height, index);
    }

    // Above the leaves each node is made of its two children: the same reads, and a missing tile is made good on the way.
    private async Task<Hash256> ChildrenAsync(int height, long index) =>
        MerkleHash.Node(await FullAsync(height - 1, index * 2), await FullAsync(height - 1, (index * 2) + 1));

    private static InvalidDataException Missing(long index) => new($"Audit entry {index + 1} is gone. Verify the trail.");

    /// <summary>256 neighbours of one level; null where none is stored.</summary>
    private async Task<Hash256?[]> BlockAsync(int level, long block)
    {
        if (blocks.TryGetValue((level, block), out var known))
            return known;
        var first = block * AuditTree.Width;
        await using var command = connection.CreateCommand();
        command.CommandText = level == 0
            ? string.Create(CultureInfo.InvariantCulture, $"SELECT \"Sequence\" - 1, \"Hash\" FROM audit WHERE \"Sequence\" BETWEEN {first + 1} AND {first + AuditTree.Width}")
            : string.Create(CultureInfo.InvariantCulture, $"SELECT \"Index\", \"Hash\" FROM audit_tiles WHERE \"Level\" = {level} AND \"Index\" BETWEEN {first} AND {first + AuditTree.Width - 1}");
        var hashes = new Hash256?[AuditTree.Width];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var hash = Hash256.TryParse(reader.GetString(1), out var read) ? read : throw new InvalidDataException($"The hash of audit entry or tile {reader.GetInt64(0)} is no hash. Verify the trail.");
            hashes[reader.GetInt64(0) - first] = level == 0 ? MerkleHash.Leaf(hash) : hash;
        }
        return blocks[(level, block)] = hashes;
    }
}
