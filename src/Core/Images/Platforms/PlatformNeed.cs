using ReleaseDashboard.Core.Images.Graphs;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Platforms;

/// <summary>An image from outside that a build for one platform begins from or copies from.</summary>
/// <param name="Reference">As the Dockerfile has it, arguments replaced; text that is no reference is left out.</param>
/// <param name="Platform">What it must be there for: another than the build's where the <c>FROM</c> says so.</param>
public sealed record NeededImage(ImageReference Reference, Platform Platform, int Line);

/// <summary>What one variant needs from outside to be built for one platform.</summary>
/// <param name="Variants">Other variants of the project that it is made with.</param>
public sealed record PlatformNeed(string Variant, Platform Platform, IReadOnlyList<NeededImage> Images, IReadOnlyList<string> Variants)
{
    /// <summary>Reads the Dockerfile for the platform: its arguments may choose another base image for each.</summary>
    public static PlatformNeed Of(ImageVariant variant, Platform platform, string dockerfile, ImageSettings settings)
    {
        var source = VariantSource.Read(variant, dockerfile, platform);
        var own = new OwnImages(settings);
        var images = new List<NeededImage>();
        var variants = new List<string>();
        if (source.Dockerfile.StageOf(variant.Target) is not { } target)
            return new PlatformNeed(variant.Name, platform, images, variants);
        foreach (var index in source.Dockerfile.NeededFor(target).Order())
        {
            foreach (var relation in source.Dockerfile.Stages[index].Relations)
            {
                if (relation.Source is not Dockerfiles.StageSource.Image image || !ImageReference.TryParse(image.Reference, out var reference, out _))
                    continue;
                if (own.VariantOf(reference) is { } other)
                    variants.Add(other);
                else
                    images.Add(new NeededImage(reference, Platform.TryParse(image.Platform, out var asked, out _) ? asked : platform, relation.Line));
            }
        }
        return new PlatformNeed(variant.Name, platform, [.. images.DistinctBy(image => (image.Reference, image.Platform))], [.. variants.Distinct()]);
    }
}
