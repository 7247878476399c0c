using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Copying;

/// <summary>Everything behind one digest: its manifests, children before the index that names them, and the blobs they name, each once.</summary>
/// <param name="Root">What the digest names.</param>
/// <param name="Manifests">The last one is <paramref name="Root"/>.</param>
public sealed record ImageTree(RegistryManifest Root, IReadOnlyList<RegistryManifest> Manifests, IReadOnlyList<ContentDescriptor> Blobs)
{
    private const int Parallel = 4;
    private const int MostManifests = 1000;

    // An index may name an index, but nobody nests them for long.
    private const int Deepest = 4;

    public long Size => Blobs.Sum(blob => blob.Size);

    /// <summary>Reads all manifests. Every one must be there, with the bytes that its digest names.</summary>
    public static async Task<Result<ImageTree, RegistryError>> ReadAsync(RegistryRepository source, ContentDigest digest, CancellationToken cancellation)
    {
        var root = await source.ManifestAsync(digest, cancellation);
        if (!root.IsOk)
            return root.Error;
        return root.Value is { } manifest
            ? await ReadAsync(source, manifest, cancellation)
            : RegistryError.Of(RegistryFailure.NotFound, $"{source} does not hold {digest}.");
    }

    public static async Task<Result<ImageTree, RegistryError>> ReadAsync(RegistryRepository source, RegistryManifest root, CancellationToken cancellation)
    {
        var levels = new List<IReadOnlyList<RegistryManifest>> { new[] { root } };
        var seen = new HashSet<ContentDigest> { root.Digest };
        while (levels[^1].Any(manifest => manifest.IsIndex))
        {
            var children = levels[^1].SelectMany(parent => parent.Document.Manifests.Select(child => (parent, child))).Where(pair => seen.Add(pair.child.Digest)).ToList();
            if (levels.Count == Deepest || seen.Count > MostManifests)
                return RegistryError.Of(RegistryFailure.Malformed, $"{root.Digest} in {source} names more manifests than any image has.");
            var level = await LevelAsync(source, children, cancellation);
            if (!level.IsOk)
                return level.Error;
            if (level.Value.Count == 0)
                break;
            levels.Add(level.Value);
        }
        var manifests = Enumerable.Reverse(levels).SelectMany(level => level).ToList();
        var blobs = manifests.SelectMany(manifest => manifest.Document.Blobs).Where(blob => !blob.IsForeign).DistinctBy(blob => blob.Digest).ToList();
        return new ImageTree(root, manifests, blobs);
    }

    private static async Task<Result<IReadOnlyList<RegistryManifest>, RegistryError>> LevelAsync(
        RegistryRepository source, List<(RegistryManifest Parent, ContentDescriptor Child)> children, CancellationToken cancellation)
    {
        var read = new Result<RegistryManifest, RegistryError>[children.Count];
        await System.Threading.Tasks.Parallel.ForAsync(0, children.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (index, token) =>
        {
            var (parent, child) = children[index];
            var manifest = await source.ManifestAsync(child.Digest, token);
            read[index] = manifest switch
            {
                { IsOk: false } => manifest.Error,
                { Value: null } => RegistryError.Of(RegistryFailure.NotFound,
                    $"{source} holds the index {parent.Digest}, but not what it names{(child.Platform is { } platform ? $" for {platform}" : "")}: {child.Digest}."),
                { Value: { } found } => found,
            };
        });
        return read.FirstOrDefault(each => !each.IsOk) is { } failed ? failed.Error! : (RegistryManifest[])[.. read.Select(each => each.Value)];
    }
}
