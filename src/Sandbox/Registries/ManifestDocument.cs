using System.Text.Json;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>Something a manifest points to.</summary>
internal sealed record ManifestPart(ContentDigest Digest, long Size, bool IsForeign);

/// <summary>What a registry reads of a manifest or index.</summary>
/// <param name="MediaType">Its kind.</param>
/// <param name="Blobs">Configuration and layers of an image.</param>
/// <param name="Manifests">Images of an index.</param>
/// <param name="Subject">The manifest it belongs to, or null.</param>
/// <param name="ArtifactType">What it is about; for referrers.</param>
/// <param name="Annotations">Notes in it; for referrers.</param>
internal sealed record ManifestDocument(
    string MediaType, IReadOnlyList<ManifestPart> Blobs, IReadOnlyList<ManifestPart> Manifests, ContentDigest? Subject, string? ArtifactType,
    IReadOnlyDictionary<string, string>? Annotations)
{
    private static readonly string[] Images = [MediaTypes.DockerManifest, MediaTypes.OciManifest];
    private static readonly string[] Indexes = [MediaTypes.DockerList, MediaTypes.OciIndex];

    /// <summary>Reads a manifest as it was sent.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="mediaType">The content type it came with; null when there was none.</param>
    /// <returns>The manifest, or why it is none.</returns>
    public static (ManifestDocument? Document, string? Fault) Read(ReadOnlyMemory<byte> content, string? mediaType)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return Read(json.RootElement, mediaType);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return (null, failure.Message);
        }
    }

    private static (ManifestDocument?, string?) Read(JsonElement root, string? sent)
    {
        if (root.GetProperty("schemaVersion").GetInt32() != 2)
            return (null, "schemaVersion is not 2");
        var own = Text(root, "mediaType");
        if (own is not null && sent is not null && own != sent)
            return (null, $"mediaType in the manifest ({own}) is not the content type ({sent})");
        var type = sent ?? own ?? "";
        if (!Images.Contains(type) && !Indexes.Contains(type))
            return (null, $"'{type}' is no kind of manifest this registry takes");
        var isImage = Images.Contains(type);
        List<ManifestPart> blobs = isImage ? [Part(root.GetProperty("config")), .. root.GetProperty("layers").EnumerateArray().Select(Part)] : [];
        List<ManifestPart> manifests = isImage ? [] : [.. root.GetProperty("manifests").EnumerateArray().Select(Part)];
        var subject = root.TryGetProperty("subject", out var found) ? Part(found).Digest : null;
        var artifact = Text(root, "artifactType") ?? (isImage ? Text(root.GetProperty("config"), "mediaType") : null);
        var notes = root.TryGetProperty("annotations", out var annotations)
            ? annotations.EnumerateObject().ToDictionary(note => note.Name, note => note.Value.GetString() ?? "")
            : null;
        return (new ManifestDocument(type, blobs, manifests, subject, artifact, notes), null);
    }

    private static ManifestPart Part(JsonElement part) => new(
        ContentDigest.Parse(part.GetProperty("digest").GetString() ?? ""),
        part.GetProperty("size").GetInt64(),
        part.TryGetProperty("urls", out var urls) && urls.GetArrayLength() > 0);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
