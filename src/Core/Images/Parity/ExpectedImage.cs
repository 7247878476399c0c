using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Parity;

/// <summary>A variant and the platforms it must be there for.</summary>
public sealed record ExpectedImage(string Variant, IReadOnlyList<Platform> Platforms)
{
    /// <summary>As the project's settings have it. Platforms that cannot be read are left out: the settings are checked when they are saved.</summary>
    public static ExpectedImage Of(ImageVariant variant) =>
        new(variant.Name, [.. variant.Platforms.Select(text => Platform.TryParse(text, out var platform, out _) ? platform : null).OfType<Platform>()]);
}
