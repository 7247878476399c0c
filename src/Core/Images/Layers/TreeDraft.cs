namespace ReleaseDashboard.Core.Images.Layers;

/// <summary>A node while layers are laid over each other.</summary>
internal sealed class TreeDraft(string name, int addedBy)
{
    private readonly Dictionary<string, TreeDraft> _children = [];
    private readonly List<int> _changedBy = [];
    private bool _isWritten;
    private int _addedBy = addedBy;
    private int? _removedBy;
    private long _size;
    private long _hidden;
    private string? _link;

    public EntryKind Kind { get; set; } = EntryKind.Folder;

    private int LastTouched => _changedBy.Count > 0 ? _changedBy[^1] : _addedBy;

    public TreeDraft Child(string part, int layer)
    {
        if (!_children.TryGetValue(part, out var child))
            _children[part] = child = new TreeDraft(part, layer);
        return child;
    }

    public TreeDraft? Known(string part) => _children.GetValueOrDefault(part);

    /// <summary>Something is put inside: a file that was here gives way, and a removed folder is there again.</summary>
    public void BecomeFolder(int layer)
    {
        if (Kind != EntryKind.Folder)
            Replace(layer, EntryKind.Folder, 0, null);
        if (_removedBy is not null)
            Touch(layer);
    }

    public void Write(int layer, LayerEntry entry)
    {
        if (entry.Kind != EntryKind.Folder && Kind == EntryKind.Folder)
            RemoveChildren(layer, alsoOwn: true);
        // Archives list every folder on the way to a changed file: that alone changes no folder.
        var isChange = entry.Kind != Kind || _removedBy is not null || (_isWritten && entry.Kind != EntryKind.Folder);
        if (isChange)
            Replace(layer, entry.Kind, entry.Kind == EntryKind.File ? Math.Max(0, entry.Size) : 0, entry.Link);
        else
            (Kind, _size, _link) = (entry.Kind, entry.Kind == EntryKind.File ? Math.Max(0, entry.Size) : 0, entry.Link);
        _isWritten = true;
    }

    /// <summary>A whiteout: what lower layers brought is gone. What this layer itself brings stays, in whatever order its entries come.</summary>
    public void Remove(int layer, bool alsoOwn = false)
    {
        RemoveChildren(layer, alsoOwn);
        if (_removedBy is not null || (LastTouched >= layer && !alsoOwn) || _children.Values.Any(child => child._removedBy is null))
            return;
        _removedBy = layer;
        _hidden += _size;
        _size = 0;
    }

    public void RemoveChildren(int layer, bool alsoOwn = false)
    {
        foreach (var child in _children.Values)
            child.Remove(layer, alsoOwn);
    }

    public FileNode Build()
    {
        var children = _children.Values.Select(child => child.Build())
            .OrderBy(child => child.Kind != EntryKind.Folder)
            .ThenBy(child => child.Name, StringComparer.Ordinal)
            .ToList();
        return new FileNode(
            name, Kind, _size + children.Sum(child => child.Size), _hidden + children.Sum(child => child.Hidden), _addedBy, _changedBy, _removedBy, _link, children);
    }

    private void Replace(int layer, EntryKind kind, long size, string? link)
    {
        _hidden += _size;
        (Kind, _size, _link) = (kind, size, link);
        Touch(layer);
    }

    private void Touch(int layer)
    {
        _removedBy = null;
        if (LastTouched < layer)
            _changedBy.Add(layer);
    }
}
