using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>
/// Looks at images in registries, for pages. Failures are sentences for people, with the registry's own words. What has a digest never
/// changes and may come from a cache; where a tag points is asked each time.
/// </summary>
public interface IImageReader
{
    /// <summary>All tags of a repository; empty when it is not there.</summary>
    Task<Result<IReadOnlyList<ImageTag>, string>> TagsAsync(Project project, RegistryAddress registry, CancellationToken cancellationToken);

    /// <summary>What a tag points to now; null when it is not there.</summary>
    Task<Result<TaggedImage?, string>> LookAsync(Project project, RegistryAddress registry, string variant, ImageTag tag, CancellationToken cancellationToken);

    /// <summary>The layers of one platform's image, lowest first.</summary>
    Task<Result<ImageDetails, string>> DetailsAsync(Project project, RegistryAddress registry, ContentDigest manifest, CancellationToken cancellationToken);

    /// <summary>The files of one platform's image. Every layer is downloaded and read once.</summary>
    Task<Result<LayerTree, string>> FilesAsync(Project project, RegistryAddress registry, ContentDigest manifest, CancellationToken cancellationToken);

    /// <summary>The platforms that an image of anybody is there for; null when the registry has no such image.</summary>
    Task<Result<IReadOnlyList<Platform>?, string>> PlatformsAsync(Project project, ImageReference image, CancellationToken cancellationToken);
}

/// <summary>What one platform's image is made of.</summary>
/// <param name="Created">When it was built, by its configuration; null when that does not say.</param>
/// <param name="Layers">Lowest first.</param>
public sealed record ImageDetails(ContentDigest Manifest, DateTimeOffset? Created, IReadOnlyList<ImageLayer> Layers)
{
    public long Size => Layers.Sum(layer => layer.Size);
}
