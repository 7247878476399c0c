using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>Compares the tree over the entries that were read with the signed roots and the stored tiles.</summary>
/// <param name="scanned">The entries.</param>
/// <param name="stored">The tiles as they were stored before the entries were read.</param>
internal sealed class TreeCheck(TreeWalk walk, ChainScanned scanned, IReadOnlyList<AuditCheckpoint> checkpoints, IReadOnlyDictionary<(int Level, long Index), string> stored)
{
    private long fitsUpTo;

    /// <summary>How many checkpoints fit.</summary>
    public int Fitting { get; private set; }

    public static async Task<IReadOnlyDictionary<(int Level, long Index), string>> StoredAsync(LedgerStore ledger, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.AuditTiles.ToDictionaryAsync(tile => (tile.Level, tile.Index), tile => tile.Hash, cancellationToken);
    }

    public IReadOnlyList<AuditFinding> Run()
    {
        var misfit = Compare();
        var changed = ChangedTile();
        return misfit is null ? [.. Tiles(changed)] : [Rewritten(misfit, changed)];
    }

    private AuditCheckpoint? Compare()
    {
        foreach (var checkpoint in checkpoints.TakeWhile(checkpoint => checkpoint.Size <= scanned.Good))
        {
            if (walk.Roots[checkpoint.Size] != checkpoint.Root)
                return checkpoint;
            Fitting++;
            fitsUpTo = checkpoint.Size;
        }
        return null;
    }

    private AuditFinding Rewritten(AuditCheckpoint misfit, long? changedTile)
    {
        var (first, last) = (fitsUpTo + 1, misfit.Size);
        var what = Found.Text($"The trail was rewritten at or before entry {misfit.Size:N0}: its entries follow from each other, but they are not those that the checkpoint over {misfit.Size:N0} entries of {misfit.At:yyyy-MM-dd HH:mm} UTC was signed for.");
        if (fitsUpTo > 0)
            what += Found.Text($" The checkpoint over {fitsUpTo:N0} entries still fits, so it began at entry {first:N0} or later.");
        var tile = changedTile * AuditTree.Width;
        if (tile + AuditTree.Width >= first && tile < last)
        {
            (first, last) = (Math.Max(first, tile.Value + 1), Math.Min(last, tile.Value + AuditTree.Width));
            what += Found.Text($" By the stored tree it began with entries {first:N0} to {last:N0}.");
        }
        return Found.Rewritten(first, last, what);
    }

    private long? ChangedTile()
    {
        for (var index = 0; index < walk.Tiles[0].Count; index++)
        {
            if (stored.TryGetValue((1, index), out var hash) && hash != walk.Tiles[0][index].ToString())
                return index;
        }
        return null;
    }

    private IEnumerable<AuditFinding> Tiles(long? changed)
    {
        if (changed is { } index && (index + 1) * AuditTree.Width > fitsUpTo)
        {
            var first = Math.Max(fitsUpTo, index * AuditTree.Width) + 1;
            yield return Found.Tree(Found.Text($"Entries {first:N0} to {(index + 1) * AuditTree.Width:N0} are not those that the tree was built over (audit_tiles, level 1, index {index:N0}), and no checkpoint covers them: they were rewritten, or that line was changed."),
                first, (index + 1) * AuditTree.Width);
            yield break;
        }
        for (var level = 1; level <= walk.Tiles.Count; level++)
        {
            for (var at = 0; at < walk.Tiles[level - 1].Count; at++)
            {
                if (OfTile(level, at, stored.GetValueOrDefault((level, at)), walk.Tiles[level - 1][at]) is { } finding)
                    yield return finding;
            }
        }
        foreach (var finding in PastTheEnd())
            yield return finding;
    }

    // Tiles past a bad entry were not computed; nothing is said about them.
    private IEnumerable<AuditFinding> PastTheEnd()
    {
        if (scanned.Bad is not null)
            yield break;
        var past = stored.Keys.Where(tile => tile.Level < 1 || tile.Level > walk.Tiles.Count || tile.Index < 0 || tile.Index >= walk.Tiles[tile.Level - 1].Count).ToList();
        if (past.Count == 0)
            yield break;
        var level1 = past.Where(tile => tile.Level == 1).Select(tile => (tile.Index + 1) * AuditTree.Width).DefaultIfEmpty(0).Max();
        yield return level1 > scanned.Good
            ? Found.TailCut(scanned.Good + 1, level1, Found.Text($"The tree was built over {level1:N0} entries (audit_tiles)"))
            : Found.Tree(Found.Text($"The tree holds {past.Count:N0} hashes too many (audit_tiles), the first at level {past.Min().Level}, index {past.Min().Index:N0}."));
    }

    private AuditFinding? OfTile(int level, long index, string? stored, Hash256 right)
    {
        var place = Found.Text($"audit_tiles, level {level}, index {index:N0}");
        if (stored is null)
            return (index + 1) * (long)Math.Pow(AuditTree.Width, level) <= fitsUpTo ? Found.Tree($"A hash of the tree ({place}) was removed.") : null;
        return stored == right.ToString() ? null : Found.Tree($"A hash of the tree ({place}) was changed: the entries under it are the right ones, by the checkpoint after them.");
    }
}
