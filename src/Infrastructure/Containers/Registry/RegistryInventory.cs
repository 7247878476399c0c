using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>Says what a tag holds: platforms, digests, sizes. Attestations beside the images are left out.</summary>
public static class RegistryInventory
{
    private const int LargestConfig = 4 * 1024 * 1024;
    private const int Parallel = 4;

    /// <summary>Null when the tag is not there.</summary>
    public static async Task<Result<TaggedImage?, RegistryError>> LookAsync(RegistryRepository repository, string variant, ImageTag tag, CancellationToken cancellation)
    {
        var root = await repository.ManifestAsync(tag, cancellation);
        if (!root.IsOk)
            return root.Error;
        if (root.Value is not { } manifest)
            return (TaggedImage?)null;
        var platforms = manifest.IsIndex ? await OfIndexAsync(repository, manifest, cancellation) : (await OfManifestAsync(repository, manifest, null, cancellation)).Map(one => (IReadOnlyList<PlatformImage>)[one]);
        return platforms.Map<TaggedImage?>(found => new TaggedImage(variant, tag.Value, manifest.Digest,
            [.. found.OrderBy(each => each.Platform.ToString(), StringComparer.Ordinal).ThenBy(each => each.Digest.Value, StringComparer.Ordinal)]));
    }

    private static async Task<Result<IReadOnlyList<PlatformImage>, RegistryError>> OfIndexAsync(RegistryRepository repository, RegistryManifest index, CancellationToken cancellation)
    {
        var children = index.Document.Manifests.Where(child => !child.IsAttestation && !MediaType.IsIndex(child.MediaType)).ToList();
        var found = new Result<PlatformImage, RegistryError>[children.Count];
        await System.Threading.Tasks.Parallel.ForAsync(0, children.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation }, async (at, token) =>
        {
            var child = children[at];
            var manifest = await repository.ManifestAsync(child.Digest, token);
            found[at] = manifest switch
            {
                { IsOk: false } => manifest.Error,
                { Value: null } => RegistryError.Of(RegistryFailure.NotFound,
                    $"{repository} holds the index {index.Digest}, but not what it names{(child.Platform is { } platform ? $" for {platform}" : "")}: {child.Digest}."),
                { Value: { } image } => await OfManifestAsync(repository, image, child.Platform, token),
            };
        });
        return found.FirstOrDefault(each => !each.IsOk) is { } failed ? failed.Error! : (PlatformImage[])[.. found.Select(each => each.Value)];
    }

    private static async Task<Result<PlatformImage, RegistryError>> OfManifestAsync(
        RegistryRepository repository, RegistryManifest manifest, Platform? told, CancellationToken cancellation)
    {
        var size = manifest.Document.Blobs.Sum(blob => blob.Size);
        if (told is not null)
            return new PlatformImage(told, manifest.Digest, size);
        if (manifest.Document.Config is not { } descriptor)
            return RegistryError.Of(RegistryFailure.Malformed, $"{manifest.Digest} in {repository} has no configuration.");
        var config = await repository.ReadBlobAsync(descriptor, LargestConfig, cancellation);
        if (!config.IsOk)
            return config.Error;
        try
        {
            using var json = JsonDocument.Parse(config.Value);
            if (ManifestDocument.PlatformOf(json.RootElement) is { } platform)
                return new PlatformImage(platform, manifest.Digest, size);
            return RegistryError.Of(RegistryFailure.Malformed, $"The configuration of {manifest.Digest} in {repository} names no platform.");
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            return RegistryError.Of(RegistryFailure.Malformed, $"The configuration of {manifest.Digest} in {repository} cannot be read: {fault.Message}");
        }
    }
}
