using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>Brings built images into a registry: what they are made of first, the tag last.</summary>
internal sealed class ImagePush(ImageRegistry registry, string repository, string? actor)
{
    /// <returns>The entry of the image in an index.</returns>
    public async Task<JsonObject> ImageAsync(ImageState image, Platform platform, CancellationToken cancellationToken)
    {
        foreach (var layer in image.Layers)
            await LayerAsync(layer, cancellationToken);
        var configuration = Bytes(image.Configuration(platform));
        var id = await registry.PutBlobAsync(repository, configuration, actor);
        var manifest = Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciManifest,
            ["config"] = Descriptor(MediaTypes.OciConfig, id, configuration.Length),
            ["layers"] = new JsonArray([.. image.Layers.Select(layer => (JsonNode)Descriptor(MediaTypes.OciLayer, layer.Digest, layer.Size))]),
        });
        var stored = await PutAsync(ContentDigest.Of(manifest).Value, MediaTypes.OciManifest, manifest);
        var entry = Descriptor(MediaTypes.OciManifest, stored, manifest.Length);
        entry["platform"] = new JsonObject { ["architecture"] = platform.Architecture, ["os"] = platform.Os };
        if (platform.Variant is not null)
            entry["platform"]!["variant"] = platform.Variant;
        return entry;
    }

    /// <summary>Makes an index of the images and lets the tags point to it.</summary>
    public async Task<ContentDigest> IndexAsync(IEnumerable<JsonObject> images, IReadOnlyDictionary<string, string> annotations, IEnumerable<string> tags)
    {
        var notes = new JsonObject();
        foreach (var (name, value) in annotations)
            notes[name] = value;
        var index = Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciIndex,
            ["manifests"] = new JsonArray([.. images]),
            ["annotations"] = notes,
        });
        var digest = await PutAsync(ContentDigest.Of(index).Value, MediaTypes.OciIndex, index);
        foreach (var tag in tags)
            await PutAsync(tag, MediaTypes.OciIndex, index);
        return digest;
    }

    private async Task LayerAsync(ImageLayer layer, CancellationToken cancellationToken)
    {
        if (layer.Content is { } content)
            await registry.PutBlobAsync(repository, content, actor);
        else if (layer.From != repository && !await registry.MountAsync(repository, layer.Digest, layer.From, actor))
            await registry.CopyBlobAsync(repository, layer.Digest, registry.FindBlob(layer.From!, layer.Digest)!, actor, cancellationToken);
    }

    private async Task<ContentDigest> PutAsync(string reference, string type, byte[] content)
    {
        var (stored, refusal) = await registry.PutManifestAsync(repository, reference, type, content, actor);
        return stored?.Digest ?? throw new InvalidDataException($"{registry.Name}/{repository}:{reference}: {refusal!.Code} {refusal.Message} {JsonSerializer.Serialize(refusal.Detail)}");
    }

    private static JsonObject Descriptor(string type, ContentDigest digest, long size) =>
        new() { ["mediaType"] = type, ["digest"] = digest.Value, ["size"] = size };

    private static byte[] Bytes(JsonObject document) => JsonSerializer.SerializeToUtf8Bytes(document);
}
