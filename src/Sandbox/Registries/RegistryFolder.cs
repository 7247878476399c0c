using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>
/// Where a registry keeps its things: contents once for all repositories, and in each repository a small file for every blob,
/// manifest and tag it has. A small file is whole or absent, and it is written after the content it stands for.
/// </summary>
internal sealed class RegistryFolder
{
    private readonly string root;

    public RegistryFolder(string root)
    {
        this.root = root;
        Directory.CreateDirectory(Contents);
        Directory.CreateDirectory(Uploads);
        Directory.CreateDirectory(Repositories);
    }

    /// <summary>Uploads on their way; a file's length is how far one has come.</summary>
    public string Uploads => Path.Combine(root, "uploads");

    /// <summary>The change that was begun last.</summary>
    public string Pending => Path.Combine(root, "pending.json");

    private string Contents => Path.Combine(root, "contents");

    private string Repositories => Path.Combine(root, "repositories");

    public string Content(ContentDigest digest) => Path.Combine(Contents, digest.Hex[..2], digest.Hex);

    public string Blob(string repository, ContentDigest digest) => Path.Combine(Of(repository), "_blobs", digest.Hex);

    public string Manifest(string repository, ContentDigest digest) => Path.Combine(Of(repository), "_manifests", digest.Hex);

    public string Tag(string repository, string tag) => Path.Combine(Of(repository), "_tags", tag);

    /// <summary>Repositories that ever had a manifest.</summary>
    public IReadOnlyList<string> AllRepositories() =>
    [
        .. Directory.EnumerateDirectories(Repositories, "_manifests", SearchOption.AllDirectories)
            .Select(folder => Path.GetRelativePath(Repositories, Path.GetDirectoryName(folder)!).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public IReadOnlyList<string> AllTags(string repository) => [.. Names(Path.Combine(Of(repository), "_tags")).Order(StringComparer.Ordinal)];

    public IReadOnlyList<ContentDigest> AllManifests(string repository) =>
        [.. Names(Path.Combine(Of(repository), "_manifests")).Order(StringComparer.Ordinal).Select(hex => ContentDigest.Parse("sha256:" + hex))];

    public bool Exists(string repository) => Directory.Exists(Path.Combine(Of(repository), "_manifests"));

    /// <summary>Writes a small file, with the folders it needs.</summary>
    public static void Save<T>(string path, T document)
        where T : class
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DocumentFile.Save(path, document);
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(name => !name.EndsWith(".next", StringComparison.Ordinal)) : [];

    private string Of(string repository) => Path.Combine(Repositories, repository);
}

/// <param name="Size">Bytes of the content.</param>
internal sealed record BlobLink(long Size);

/// <param name="MediaType">As it was sent.</param>
internal sealed record ManifestLink(string MediaType);

/// <param name="Digest">Of the manifest the tag points to.</param>
internal sealed record TagLink(string Digest);
