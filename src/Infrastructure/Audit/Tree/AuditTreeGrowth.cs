using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Audit.Reading;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Tree;

/// <summary>
/// Stores what lists and proofs read instead of the entries: the tree's full subtrees and the spans of time. Beside the
/// trail and after it, so that appending an entry writes nothing of this. Two processes may do it at once: the same lines.
/// </summary>
internal sealed class AuditTreeGrowth(LedgerStore ledger)
{
    // Lines of one write: the ledger's writer is free again after a few milliseconds.
    private const int Batch = 256;
    private const int SpanBatch = 16;

    /// <summary>Stores every full subtree and span within the first <paramref name="size"/> entries that is not stored yet.</summary>
    public async Task GrowAsync(long size, CancellationToken cancellationToken)
    {
        await GrowSpansAsync(size, cancellationToken);
        for (var level = 1; level <= AuditTree.Levels; level++)
        {
            size /= AuditTree.Width;
            if (size == 0)
                return;
            await GrowLevelAsync(level, size, cancellationToken);
        }
    }

    /// <summary>Stores every full span within the first <paramref name="size"/> entries that is not stored yet.</summary>
    public async Task GrowSpansAsync(long size, CancellationToken cancellationToken)
    {
        var next = await FirstMissingAsync("SELECT COUNT(*), MAX(\"Index\") FROM audit_spans", "SELECT \"Index\" FROM audit_spans ORDER BY \"Index\"", cancellationToken);
        for (var end = size / AuditTimes.Width; next < end; next += SpanBatch)
        {
            var (first, last) = ((next * AuditTimes.Width) + 1, Math.Min(end, next + SpanBatch) * AuditTimes.Width);
            await ledger.AppendAsync(
                db => db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO audit_spans ("Index", "Earliest", "Latest")
                    SELECT ("Sequence" - 1) / {AuditTimes.Width}, MIN("At"), MAX("At") FROM audit WHERE "Sequence" BETWEEN {first} AND {last}
                    GROUP BY 1 ON CONFLICT DO NOTHING
                    """,
                    cancellationToken),
                cancellationToken);
        }
    }

    private async Task GrowLevelAsync(int level, long end, CancellationToken cancellationToken)
    {
        var next = await FirstMissingAsync(
            string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*), MAX(\"Index\") FROM audit_tiles WHERE \"Level\" = {level}"),
            string.Create(CultureInfo.InvariantCulture, $"SELECT \"Index\" FROM audit_tiles WHERE \"Level\" = {level} ORDER BY \"Index\""), cancellationToken);
        for (; next < end; next += Batch)
        {
            var last = Math.Min(end, next + Batch);
            var hashes = level == 1 ? Leaves(next, last, cancellationToken) : await TilesAsync(level, next, last, cancellationToken);
            await StoreAsync(level, next, hashes, cancellationToken);
        }
    }

    // One text for all of them: the writer keeps what it has compiled, and a text with values in it would push other texts out.
    private Task StoreAsync(int level, long first, List<Hash256> hashes, CancellationToken cancellationToken) => ledger.AppendAsync(
        async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            for (var at = 0; at < hashes.Count; at++)
            {
                var (index, hash) = (first + at, hashes[at].ToString());
                await db.Database.ExecuteSqlAsync($"""INSERT INTO audit_tiles ("Level", "Index", "Hash") VALUES ({level}, {index}, {hash}) ON CONFLICT DO NOTHING""", cancellationToken);
            }
            await transaction.CommitAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Roots over the entries' stored hashes.</summary>
    private List<Hash256> Leaves(long first, long end, CancellationToken cancellationToken)
    {
        var (hashes, block) = (new List<Hash256>(), new MerkleFrontier());
        using var source = RawAuditSources.Open(ledger);
        source.Read((first * AuditTree.Width) + 1, end * AuditTree.Width, Take, cancellationToken);
        return hashes;

        bool Take(in RawAuditEntry entry)
        {
            Span<byte> bytes = stackalloc byte[Hash256.Length];
            if (entry.Sequence != ((first + hashes.Count) * AuditTree.Width) + block.Count + 1
                || Convert.FromHexString(entry.Hash, bytes, out _, out var length) != System.Buffers.OperationStatus.Done || length != bytes.Length)
                throw new InvalidDataException($"Audit entry {((first + hashes.Count) * AuditTree.Width) + block.Count + 1} is gone or its hash is no hash. Verify the trail.");
            block.Add(MerkleHash.Leaf(Hash256.Read(bytes)));
            if (block.Count < AuditTree.Width)
                return true;
            hashes.Add(block.Root());
            block.Clear();
            return true;
        }
    }

    private async Task<List<Hash256>> TilesAsync(int level, long first, long end, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var (from, to) = (first * AuditTree.Width, end * AuditTree.Width);
        var below = await db.AuditTiles.Where(tile => tile.Level == level - 1 && tile.Index >= from && tile.Index < to).OrderBy(tile => tile.Index).Select(tile => tile.Hash).ToListAsync(cancellationToken);
        if (below.Count != to - from)
            throw new InvalidDataException($"The stored tree has holes at level {level - 1}. Verify the trail.");
        return [.. below.Chunk(AuditTree.Width).Select(Root)];
    }

    private static Hash256 Root(string[] children)
    {
        var root = new MerkleFrontier();
        foreach (var child in children)
            root.Add(Hash256.Parse(child));
        return root.Root();
    }

    // Usually the one after the last. Somebody may have removed one, which is made again.
    private async Task<long> FirstMissingAsync(string count, string all, CancellationToken cancellationToken)
    {
        await using var connection = ledger.Connect();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = count;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            if (reader.IsDBNull(1) || reader.GetInt64(0) == reader.GetInt64(1) + 1)
                return reader.GetInt64(0);
        }
        command.CommandText = all;
        await using var indexes = await command.ExecuteReaderAsync(cancellationToken);
        var missing = 0L;
        while (await indexes.ReadAsync(cancellationToken) && indexes.GetInt64(0) == missing)
            missing++;
        return missing;
    }
}
