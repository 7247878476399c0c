using ReleaseDashboard.Core.Audit.Merkle;
using ReleaseDashboard.Infrastructure.Audit.Tree;

namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>Builds the tree over the entries that were read: the roots at the sizes asked for, and every tile as it should be stored.</summary>
internal sealed class TreeWalk
{
    private readonly MerkleFrontier whole = new();
    private readonly List<MerkleFrontier> levels = [];

    /// <summary>Roots by size.</summary>
    public Dictionary<long, Hash256> Roots { get; } = [];

    /// <summary>Tiles by level (1 first) and place.</summary>
    public List<List<Hash256>> Tiles { get; } = [[]];

    /// <param name="asked">Sizes asked for beside all that is good; those past <paramref name="scanned"/>'s good entries have no root.</param>
    public static TreeWalk Of(ChainScanned scanned, long[] asked)
    {
        long[] sizes = [.. asked.Append(scanned.Good).Where(size => size > 0 && size <= scanned.Good).Distinct().Order()];
        var walk = new TreeWalk();
        var next = 0;
        foreach (var part in scanned.Parts)
        {
            foreach (var tile in part.Tiles)
            {
                next = walk.AddRoots(sizes, next, (walk.whole.Count + 1) * AuditTree.Width, part.Edges);
                walk.Add(tile);
            }
            next = walk.AddRoots(sizes, next, scanned.Good + 1, part.Edges, part.LastGood);
        }
        return walk;
    }

    // Sizes below the limit end within the block after the tiles that were added so far.
    private int AddRoots(long[] sizes, int next, long limit, Dictionary<long, Hash256[]> edges, long last = long.MaxValue)
    {
        for (; next < sizes.Length && sizes[next] < limit && sizes[next] <= last; next++)
        {
            if (edges.TryGetValue(sizes[next], out var edge) || sizes[next] % AuditTree.Width == 0)
                Roots[sizes[next]] = whole.Root(edge);
        }
        return next;
    }

    private void Add(Hash256 tile)
    {
        whole.Add(tile);
        Tiles[0].Add(tile);
        for (var level = 0; ; level++)
        {
            if (levels.Count == level)
                levels.Add(new MerkleFrontier());
            levels[level].Add(tile);
            if (levels[level].Count < AuditTree.Width)
                return;
            tile = levels[level].Root();
            levels[level].Clear();
            if (Tiles.Count == level + 1)
                Tiles.Add([]);
            Tiles[level + 1].Add(tile);
        }
    }
}
