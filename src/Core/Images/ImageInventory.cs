using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ReleaseDashboard.Core.Images;

/// <summary>What a registry held when it was looked at. Its text is canonical, so an approval's digest covers every digest in it.</summary>
public sealed record ImageInventory(IReadOnlyList<TaggedImage> Images)
{
    private sealed record Row(string Variant, string Tag, string Digest, IReadOnlyList<Cell> Platforms);

    private sealed record Cell(string Platform, string Digest, long Size);

    /// <summary>One line of JSON, sorted by variant and tag, then by platform.</summary>
    public override string ToString() => JsonSerializer.Serialize(
        Images.OrderBy(image => image.Variant, StringComparer.Ordinal).ThenBy(image => image.Tag, StringComparer.Ordinal).Select(image => new Row(
            image.Variant,
            image.Tag,
            image.Digest.Value,
            [.. image.Platforms.Order(Comparer<PlatformImage>.Create((one, other) => one.Platform.CompareTo(other.Platform)))
                .Select(each => new Cell(each.Platform.ToString(), each.Digest.Value, each.Size))])),
        JsonSerializerOptions.Web);

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageInventory? inventory)
    {
        try
        {
            var rows = JsonSerializer.Deserialize<IReadOnlyList<Row>>(text ?? "", JsonSerializerOptions.Web) ?? [];
            inventory = new ImageInventory([.. rows.Select(row => new TaggedImage(
                row.Variant,
                row.Tag,
                ContentDigest.Parse(row.Digest),
                [.. row.Platforms.Select(cell => new PlatformImage(Platform.Parse(cell.Platform), ContentDigest.Parse(cell.Digest), cell.Size))]))]);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            inventory = null;
            return false;
        }
    }

    public bool Equals(ImageInventory? other) => other is not null && Images.SequenceEqual(other.Images);

    public override int GetHashCode() => Images.Count;
}
