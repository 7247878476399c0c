using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>What stands in a manifest or an index.</summary>
/// <param name="MediaType">As the document says; the older OCI form leaves it to the registry's header.</param>
/// <param name="Config">Of a manifest.</param>
/// <param name="Layers">Of a manifest, lowest first.</param>
/// <param name="Manifests">Of an index.</param>
/// <param name="Subject">What it is attached to, for signatures and the like.</param>
public sealed record ManifestDocument(
    string? MediaType, ContentDescriptor? Config, IReadOnlyList<ContentDescriptor> Layers, IReadOnlyList<ContentDescriptor> Manifests, ContentDescriptor? Subject)
{
    public bool IsIndex { get; private init; }

    /// <summary>Everything of a manifest that is kept as a blob.</summary>
    public IEnumerable<ContentDescriptor> Blobs => Config is null ? Layers : [Config, .. Layers];

    public static bool TryParse(ReadOnlyMemory<byte> content, [NotNullWhen(true)] out ManifestDocument? document, [NotNullWhen(false)] out string? fault)
    {
        document = null;
        try
        {
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schemaVersion", out var schema) || schema.GetInt32() != 2)
            {
                fault = "it is no manifest of schema version 2";
                return false;
            }
            var isIndex = root.TryGetProperty("manifests", out _);
            if (isIndex == (root.TryGetProperty("config", out _) || root.TryGetProperty("layers", out _)))
            {
                // A document that is both could be read as one by this client and as the other by docker.
                fault = "it is neither an index nor a manifest, or both";
                return false;
            }
            document = new ManifestDocument(
                Text(root, "mediaType"), Optional(root, "config"), List(root, "layers"), List(root, "manifests"), Optional(root, "subject")) { IsIndex = isIndex };
            fault = null;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            fault = exception.Message;
            return false;
        }
    }

    private static ContentDescriptor? Optional(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? Descriptor(value) : null;

    private static ContentDescriptor[] List(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(Descriptor)] : [];

    private static ContentDescriptor Descriptor(JsonElement element)
    {
        var size = element.GetProperty("size").GetInt64();
        return new ContentDescriptor(
            Text(element, "mediaType") ?? "",
            ContentDigest.Parse(Text(element, "digest") ?? ""),
            size >= 0 ? size : throw new FormatException($"{size} is no size"))
        {
            Platform = element.TryGetProperty("platform", out var platform) && platform.ValueKind == JsonValueKind.Object ? PlatformOf(platform) : null,
            Annotations = element.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object
                ? annotations.EnumerateObject().Where(each => each.Value.ValueKind == JsonValueKind.String).DistinctBy(each => each.Name).ToDictionary(each => each.Name, each => each.Value.GetString()!)
                : [],
            ArtifactType = Text(element, "artifactType"),
            Urls = element.TryGetProperty("urls", out var urls) && urls.ValueKind == JsonValueKind.Array ? [.. urls.EnumerateArray().Select(each => each.ToString())] : [],
        };
    }

    internal static Platform? PlatformOf(JsonElement element)
    {
        if (Text(element, "os") is not { Length: > 0 } os || Text(element, "architecture") is not { Length: > 0 } architecture)
            return null;
        return Platform.Parse(Text(element, "variant") is { Length: > 0 } variant ? $"{os}/{architecture}/{variant}" : $"{os}/{architecture}");
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
