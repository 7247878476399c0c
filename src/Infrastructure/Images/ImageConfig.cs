using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Reads what an image's configuration says about its layers (OCI image specification, "Image Configuration").</summary>
internal static class ImageConfig
{
    /// <summary>Layers with the instruction that made each. A history that does not fit the layers is not believed.</summary>
    public static ImageDetails Details(RegistryManifest manifest, ReadOnlyMemory<byte> config)
    {
        using var json = JsonDocument.Parse(config);
        var made = json.RootElement.TryGetProperty("history", out var history) && history.ValueKind == JsonValueKind.Array
            ? history.EnumerateArray().Where(entry => !IsEmpty(entry)).Select(entry => Text(entry, "created_by")).ToList()
            : [];
        var layers = manifest.Document.Layers;
        return new ImageDetails(
            manifest.Digest,
            Text(json.RootElement, "created") is { } created && DateTimeOffset.TryParse(created, out var at) ? at : null,
            [.. layers.Select((layer, index) => new ImageLayer(layer.Digest, layer.Size, made.Count == layers.Count ? made[index] : null))]);
    }

    public static Platform? PlatformOf(ReadOnlyMemory<byte> config)
    {
        using var json = JsonDocument.Parse(config);
        return ManifestDocument.PlatformOf(json.RootElement);
    }

    private static bool IsEmpty(JsonElement entry) => entry.TryGetProperty("empty_layer", out var empty) && empty.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
