namespace ReleaseDashboard.Core.History;

/// <summary>A file in a package.</summary>
/// <param name="Path">Without the folder that names the version, so that two versions can be compared.</param>
/// <param name="Size">Bytes, unpacked.</param>
/// <param name="Fingerprint">The same for the same bytes.</param>
public sealed record PackagedFile(string Path, long Size, string Fingerprint);

/// <summary>A file that differs between two packages.</summary>
/// <param name="Before">Bytes in the earlier one; null when it was added.</param>
/// <param name="After">Bytes in the later one; null when it was removed.</param>
public sealed record ContentChange(string Path, long? Before, long? After)
{
    /// <summary>Bytes more than before; negative for less.</summary>
    public long Growth => (After ?? 0) - (Before ?? 0);

    /// <summary>Files that were added, removed or have other bytes, by path.</summary>
    public static IReadOnlyList<ContentChange> Between(IReadOnlyList<PackagedFile> before, IReadOnlyList<PackagedFile> after)
    {
        var (old, now) = (ByPath(before), ByPath(after));
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Before: old.GetValueOrDefault(path), After: now.GetValueOrDefault(path)))
            .Where(pair => pair.Before?.Fingerprint != pair.After?.Fingerprint || pair.Before?.Size != pair.After?.Size)
            .Select(pair => new ContentChange(pair.Path, pair.Before?.Size, pair.After?.Size))];
    }

    // An archive may hold a path twice; what is unpacked last stays.
    private static Dictionary<string, PackagedFile> ByPath(IReadOnlyList<PackagedFile> files)
    {
        var byPath = new Dictionary<string, PackagedFile>(StringComparer.Ordinal);
        foreach (var file in files)
            byPath[file.Path] = file;
        return byPath;
    }
}
