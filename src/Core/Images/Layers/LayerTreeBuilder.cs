namespace ReleaseDashboard.Core.Images.Layers;

/// <summary>Lays the entries of layers over each other, the lowest layer first. It holds no more than a given number of entries.</summary>
public sealed class LayerTreeBuilder(int maximumEntries)
{
    private const int DeepestPath = 100;
    private const int LongestPath = 4096;
    private const string Whiteout = ".wh.";
    private const string OpaqueWhiteout = ".wh..wh..opq";

    private readonly TreeDraft _root = new("", 0) { Kind = EntryKind.Folder };
    private int _entries;
    private int _ignored;

    public bool IsFull { get; private set; }

    /// <summary>Takes one entry. False when the tree is full: the caller may stop reading.</summary>
    /// <param name="layer">From 0, never lower than before.</param>
    public bool Add(int layer, LayerEntry entry)
    {
        if (_entries >= maximumEntries)
        {
            IsFull = true;
            return false;
        }
        if (Parts(entry.Path) is not { } parts)
        {
            _ignored++;
            return true;
        }
        _entries++;
        if (parts.Count == 0)
            return true;
        if (parts[^1] == OpaqueWhiteout)
            Find(parts.SkipLast(1))?.RemoveChildren(layer);
        else if (parts[^1].StartsWith(Whiteout, StringComparison.Ordinal))
            Find([.. parts.SkipLast(1), parts[^1][Whiteout.Length..]])?.Remove(layer);
        else
            Write(layer, parts, entry);
        return true;
    }

    public LayerTree Build() => new(_root.Build(), _entries, IsFull, _ignored);

    private void Write(int layer, IReadOnlyList<string> parts, LayerEntry entry)
    {
        var folder = _root;
        foreach (var part in parts.SkipLast(1))
        {
            folder = folder.Child(part, layer);
            folder.BecomeFolder(layer);
        }
        folder.Child(parts[^1], layer).Write(layer, entry);
    }

    private TreeDraft? Find(IEnumerable<string> parts)
    {
        var node = _root;
        foreach (var part in parts)
        {
            if (node.Known(part) is not { } child)
                return null;
            node = child;
        }
        return node;
    }

    // "./a/b", "/a/b" and "a/b/" are one path; one that climbs out is none.
    private static IReadOnlyList<string>? Parts(string path)
    {
        if (path.Length > LongestPath || path.Contains('\0', StringComparison.Ordinal))
            return null;
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToList();
        return parts.Contains("..") || parts.Count > DeepestPath ? null : parts;
    }
}
