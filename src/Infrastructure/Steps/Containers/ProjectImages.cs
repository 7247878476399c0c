using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>The images of one release: variants with their platforms, and the tags they get.</summary>
internal sealed record ProjectImages(ImageSettings Settings, IReadOnlyList<VariantPlatforms> Variants, TagPlan Tags)
{
    /// <param name="commit">The commit they are built from; null while it is not known.</param>
    public static Result<ProjectImages, StepError> Of(ReleaseFacts facts, CommitSha? commit)
    {
        if (facts.Project.Settings.Images is not { Variants.Count: > 0 } described)
            return new StepError("no-images", "The project has no images.", "Its settings name no variant.", "Add the images to the project's settings and start the release again.");
        var settings = described with { Variants = [.. described.Variants.Select(variant => variant with { Arguments = [.. variant.Arguments.Select(argument => Filled(argument, facts, commit))] })] };
        var variants = new List<VariantPlatforms>();
        foreach (var variant in settings.Variants)
        {
            var platforms = new List<Platform>();
            foreach (var text in variant.Platforms)
            {
                if (!Platform.TryParse(text, out var platform, out var fault))
                    return Wrong(fault);
                if (!platforms.Contains(platform))
                    platforms.Add(platform);
            }
            variants.Add(new VariantPlatforms(variant, [.. platforms.Order()]));
        }
        var tags = ImageTags.For(settings.Tags, GitContext.OfVersion(facts.Version, commit), settings.Variants);
        return tags.Faults.Count == 0 ? new ProjectImages(settings, variants, tags) : Wrong(string.Join(' ', tags.Faults));
    }

    /// <summary>Every image to build: one for each platform of each variant.</summary>
    public IEnumerable<ImageKey> Keys => Variants.SelectMany(variant => variant.Platforms.Select(platform => new ImageKey(variant.Variant.Name, platform)));

    public ImageVariant Variant(string name) => Settings.Variants.First(variant => variant.Name == name);

    // An image has no git of its own to ask for its version.
    private static string Filled(string argument, ReleaseFacts facts, CommitSha? commit) => argument
        .Replace("{version}", facts.Version.ToString(), StringComparison.Ordinal)
        .Replace("{commit}", commit?.Value ?? "{commit}", StringComparison.Ordinal);

    private static StepError Wrong(string why) => new(
        "bad-image-settings", "The project's images cannot be made as they are described.", why, "Correct them in the project's settings and start the release again.");
}

/// <summary>A variant and what it is built for, sorted.</summary>
internal sealed record VariantPlatforms(ImageVariant Variant, IReadOnlyList<Platform> Platforms);

/// <summary>One image: a variant for one platform.</summary>
internal sealed record ImageKey(string Variant, Platform Platform)
{
    /// <summary>The platform as a part of names: <c>linux-arm-v7</c>.</summary>
    public string PlatformName => Platform.ToString().Replace('/', '-');

    public override string ToString() => $"{Variant} {Platform}";
}
