using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Makes one index of the images of several platforms. The same images always give the same bytes, and so the same digest.</summary>
internal static class ImageIndexes
{
    /// <returns>The manifest itself when there is a single platform: an index around it would only be one more thing to fetch.</returns>
    public static RegistryManifest Of(IReadOnlyList<(Platform Platform, RegistryManifest Manifest)> images)
    {
        if (images is [var single])
            return single.Manifest;
        // Docker's own form around Docker's manifests: some registries refuse to mix it with the other.
        var type = images.All(image => image.Manifest.MediaType == MediaType.DockerManifest) ? MediaType.DockerList : MediaType.OciIndex;
        var content = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = type,
            manifests = images.OrderBy(image => image.Platform).Select(image => new
            {
                mediaType = image.Manifest.MediaType,
                size = image.Manifest.Content.Length,
                digest = image.Manifest.Digest.Value,
                platform = PlatformOf(image.Platform),
            }),
        });
        return ManifestDocument.TryParse(content, out var document, out var fault)
            ? new RegistryManifest(ContentDigest.Of(content), type, content, document)
            : throw new InvalidOperationException($"The index cannot be read back: {fault}.");
    }

    private static Dictionary<string, string> PlatformOf(Platform platform)
    {
        var fields = new Dictionary<string, string> { ["architecture"] = platform.Architecture, ["os"] = platform.Os };
        if (platform.Variant is { } variant)
            fields["variant"] = variant;
        return fields;
    }
}
