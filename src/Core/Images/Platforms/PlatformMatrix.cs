using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Platforms;

/// <summary>Variant by platform: built, missing, or impossible with the reason.</summary>
public sealed record PlatformMatrix(IReadOnlyList<Platform> Platforms, IReadOnlyList<string> Variants, IReadOnlyList<PlatformCell> Cells)
{
    public PlatformCell Cell(string variant, Platform platform) => Cells.First(cell => cell.Variant == variant && cell.Platform == platform);

    /// <param name="settings">Variants, the platforms they are for, and the maintainers' notes.</param>
    /// <param name="inventory">What the registry holds.</param>
    /// <param name="needs">What each variant needs on each platform; where it is not known nothing is impossible for that reason.</param>
    /// <param name="bases">The platforms that each image from outside is there for; images that are not in it were not asked for, or did not answer.</param>
    public static PlatformMatrix Of(
        ImageSettings settings,
        ImageInventory inventory,
        IReadOnlyList<PlatformNeed> needs,
        IReadOnlyDictionary<ImageReference, IReadOnlyCollection<Platform>> bases)
    {
        var platforms = Columns(settings, inventory);
        var reasons = new PlatformReasons(settings, needs, bases);
        var cells =
            from variant in settings.Variants
            from platform in platforms
            let image = inventory.Images.Where(own => own.Variant == variant.Name).SelectMany(own => own.Platforms).FirstOrDefault(own => own.Platform == platform)
            let note = reasons.Note(variant.Name, platform)
            let reason = image is null ? note ?? reasons.Lack(variant.Name, platform) : null
            let state = image is not null ? PlatformState.Built
                : reason is not null ? PlatformState.Impossible
                : ParsedPlatforms(variant).Contains(platform) ? PlatformState.Missing
                : PlatformState.NotPlanned
            select new PlatformCell(variant.Name, platform, state, image, reason, note);
        return new PlatformMatrix(platforms, [.. settings.Variants.Select(variant => variant.Name)], [.. cells]);
    }

    /// <summary>Every platform that a variant is for, that a note names in full, or that the registry holds, in this order.</summary>
    public static IReadOnlyList<Platform> Columns(ImageSettings settings, ImageInventory inventory) =>
    [
        .. settings.Variants.SelectMany(ParsedPlatforms)
            .Concat(settings.Notes.Select(note => Platform.TryParse(note.Platform, out var platform, out _) ? platform : null).OfType<Platform>())
            .Concat(inventory.Images.SelectMany(image => image.Platforms).Select(image => image.Platform))
            .Distinct(),
    ];

    private static IEnumerable<Platform> ParsedPlatforms(ImageVariant variant) =>
        variant.Platforms.Select(text => Platform.TryParse(text, out var platform, out _) ? platform : null).OfType<Platform>();
}
