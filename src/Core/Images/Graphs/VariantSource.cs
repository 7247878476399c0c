using ReleaseDashboard.Core.Images.Dockerfiles;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Graphs;

/// <summary>A variant with its Dockerfile as it was read for it.</summary>
public sealed record VariantSource(ImageVariant Variant, Dockerfile Dockerfile)
{
    /// <summary>Reads the file with the variant's own build arguments.</summary>
    public static VariantSource Read(ImageVariant variant, string text, Platform? platform = null) =>
        new(variant, Dockerfile.Read(text, BuildSetting.Default with { Target = platform ?? Platform.LinuxAmd64, Arguments = variant.Arguments }));

    /// <summary>Variants that share this share their stages.</summary>
    internal string Group => string.Join('\n', [Variant.Dockerfile, Variant.Context, .. Variant.Arguments]);
}
