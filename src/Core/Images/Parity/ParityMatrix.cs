namespace ReleaseDashboard.Core.Images.Parity;

/// <summary>Whether production holds the very images that were tested: variant by platform.</summary>
public sealed record ParityMatrix(IReadOnlyList<Platform> Platforms, IReadOnlyList<ParityRow> Rows)
{
    /// <summary>Every expected image is the same in both registries, nothing else is in only one of them, and no tag of a variant is astray.</summary>
    public bool IsGreen => Rows.Count > 0 && Rows.All(row => row.IsGreen);

    public int Count(ParityState state) => Rows.Sum(row => row.Cells.Count(cell => cell.State == state));

    public static ParityMatrix Compare(IReadOnlyList<ExpectedImage> expected, ImageInventory preproduction, ImageInventory production)
    {
        var platforms = expected.SelectMany(variant => variant.Platforms)
            .Concat(preproduction.Images.Concat(production.Images).SelectMany(image => image.Platforms).Select(image => image.Platform))
            .Distinct()
            .ToList();
        var variants = expected.Select(variant => variant.Variant)
            .Concat(preproduction.Images.Concat(production.Images).Select(image => image.Variant))
            .Distinct();
        return new ParityMatrix(platforms, [.. variants.Select(variant => Row(
            variant,
            platforms,
            expected.FirstOrDefault(own => own.Variant == variant)?.Platforms ?? [],
            [.. preproduction.Images.Where(image => image.Variant == variant)],
            [.. production.Images.Where(image => image.Variant == variant)]))]);
    }

    private static ParityRow Row(
        string variant, IReadOnlyList<Platform> platforms, IReadOnlyList<Platform> wanted, IReadOnlyList<TaggedImage> tested, IReadOnlyList<TaggedImage> published)
    {
        var (before, after) = (tested.Count > 0 ? tested[0] : null, published.Count > 0 ? published[0] : null);
        return new ParityRow(
            variant,
            [.. platforms.Select(platform => new ParityCell(platform, wanted.Contains(platform), Image(before, platform), Image(after, platform)))],
            before?.Digest,
            after?.Digest,
            [.. Strays(before, tested, isProduction: false), .. Strays(after, published, isProduction: true)]);
    }

    private static PlatformImage? Image(TaggedImage? tagged, Platform platform) => tagged?.Platforms.FirstOrDefault(image => image.Platform == platform);

    private static IEnumerable<StrayTag> Strays(TaggedImage? first, IReadOnlyList<TaggedImage> images, bool isProduction) =>
        from image in images
        where first is not null && image.Digest != first.Digest && !SamePlatforms(image, first)
        select new StrayTag(isProduction, image.Tag, image.Digest);

    private static bool SamePlatforms(TaggedImage one, TaggedImage other) =>
        one.Platforms.Select(image => (image.Platform, image.Digest)).ToHashSet().SetEquals(other.Platforms.Select(image => (image.Platform, image.Digest)));
}
