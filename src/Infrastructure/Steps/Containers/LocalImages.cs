using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// What the images of a release are called on the worker's engine: a name for each variant and platform, so that a later
/// attempt finds what is built, and pruning does not take it away.
/// </summary>
internal static class LocalImages
{
    /// <summary>What all of them begin with.</summary>
    public const string Family = "release-dashboard";

    public static ImageReference NameOf(ReleaseFacts facts, ImageKey key) =>
        new(ImageRepository.Parse($"{Family}/{facts.ReleaseId:N}"), ImageTag.Parse($"{key.Variant}-{key.PlatformName}"));

    /// <summary>The release that a name of the engine belongs to; null for names of others.</summary>
    /// <param name="name">With its tag.</param>
    public static Guid? ReleaseOf(string name) =>
        name.StartsWith(Family + "/", StringComparison.Ordinal) && name[(Family.Length + 1)..].Split(':') is [var release, _] && Guid.TryParseExact(release, "N", out var id) ? id : null;

    /// <summary>Whether an image is the one of this release: for this platform, of this version and commit.</summary>
    public static bool IsOf(ImageDetails image, ReleaseFacts facts, string commit, ImageKey key) =>
        image.Platform == key.Platform && ImageLabels.Of(facts, commit).All(label => image.Labels.GetValueOrDefault(label.Key) == label.Value);

    /// <summary>
    /// The tag that one platform's image has in a registry: an index needs it there first, and many registries collect what
    /// has no tag. Nobody pulls it by this name.
    /// </summary>
    public static ImageTag StagingTag(ReleaseFacts facts, string commit, ImageKey key) =>
        ImageTag.Parse($"{facts.Version}-{key.Variant}-{key.PlatformName}-{commit[..12]}".Replace('+', '-'));
}
