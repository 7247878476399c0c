using System.Globalization;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>How large what a release published is, by its steps' evidence.</summary>
internal static class PublishedSizes
{
    /// <summary>Source package and wheel together, in bytes; null when none was built.</summary>
    public static long? OfPackages(IEnumerable<Evidence> evidence)
    {
        var built = evidence.FirstOrDefault(own => own["size"] is not null && own["sha256"] is not null);
        return built is null ? null : Number(built["size"]) + (Number(built["wheel_size"]) ?? 0);
    }

    /// <summary>Every platform of every image once, in bytes; null when there is none.</summary>
    public static long? OfImages(IEnumerable<Evidence> evidence)
    {
        var text = evidence.Reverse().SelectMany(own => own.Items).FirstOrDefault(item => item is { Kind: EvidenceKind.Images, Value.Length: > 2 })?.Value;
        if (!ImageInventory.TryParse(text, out var inventory) || inventory.Images.Count == 0)
            return null;
        return inventory.Images.SelectMany(image => image.Platforms).DistinctBy(platform => platform.Digest).Sum(platform => platform.Size);
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
