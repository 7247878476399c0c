namespace ReleaseDashboard.Core.Images.Layers;

/// <summary>A file or folder of an image, with the layers that touched it.</summary>
/// <param name="Name">Its own name; empty for the root.</param>
/// <param name="Size">Bytes of the file as the last layer wrote it; for a folder of all that is left in it.</param>
/// <param name="Hidden">Bytes that layers carry and that later layers replaced or removed: they are still downloaded.</param>
/// <param name="AddedBy">Index of the layer that it came with, from 0; for a folder that no archive names, of the first thing in it.</param>
/// <param name="ChangedBy">Layers that wrote it again, in order.</param>
/// <param name="RemovedBy">The layer that took it away; null when it is there.</param>
/// <param name="Children">Folders first, each in the order of names.</param>
public sealed record FileNode(
    string Name,
    EntryKind Kind,
    long Size,
    long Hidden,
    int AddedBy,
    IReadOnlyList<int> ChangedBy,
    int? RemovedBy,
    string? Link,
    IReadOnlyList<FileNode> Children)
{
    /// <summary>Whether the layer added, changed or removed it, or anything in it.</summary>
    public bool IsTouchedBy(int layer) =>
        AddedBy == layer || RemovedBy == layer || ChangedBy.Contains(layer) || Children.Any(child => child.IsTouchedBy(layer));
}
