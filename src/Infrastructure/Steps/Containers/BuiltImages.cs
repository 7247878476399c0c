using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>One image on the worker's engine.</summary>
/// <param name="Id">Digest of its configuration, which names its layers: the engine's id of the image.</param>
/// <param name="Size">Bytes, unpacked.</param>
internal sealed record BuiltImage(ImageKey Key, ContentDigest Id, long Size);

/// <summary>What was built. Its text is canonical, and handed on as an output.</summary>
internal sealed record BuiltImages(IReadOnlyList<BuiltImage> Images)
{
    private sealed record Row(string Variant, string Platform, string Id, long Size);

    public BuiltImage? Find(ImageKey key) => Images.FirstOrDefault(image => image.Key == key);

    public override string ToString() => JsonSerializer.Serialize(
        Images.OrderBy(image => image.Key.Variant, StringComparer.Ordinal).ThenBy(image => image.Key.Platform)
            .Select(image => new Row(image.Key.Variant, image.Key.Platform.ToString(), image.Id.Value, image.Size)),
        JsonSerializerOptions.Web);

    public static bool TryParse(string? text, [NotNullWhen(true)] out BuiltImages? images)
    {
        try
        {
            var rows = JsonSerializer.Deserialize<IReadOnlyList<Row>>(text ?? "", JsonSerializerOptions.Web) ?? [];
            images = new BuiltImages([.. rows.Select(row => new BuiltImage(new ImageKey(row.Variant, Platform.Parse(row.Platform)), ContentDigest.Parse(row.Id), row.Size))]);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            images = null;
            return false;
        }
    }
}
