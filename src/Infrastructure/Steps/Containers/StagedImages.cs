using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>The images of single platforms in a registry, before an index names them.</summary>
internal sealed class StagedImages(ReleaseFacts facts, string commit, RegistryChoice choice, RegistryRepository repository)
{
    public ImageTag TagOf(ImageKey key) => LocalImages.StagingTag(facts, commit, key);

    /// <summary>The manifest of a built image, or null when it is not there. What holds another configuration is another image.</summary>
    public async Task<Result<RegistryManifest?, StepError>> FindAsync(BuiltImage image, CancellationToken cancellationToken)
    {
        var found = await repository.ManifestAsync(TagOf(image.Key), cancellationToken);
        if (!found.IsOk)
            return ContainerStepErrors.Of(found.Error, $"{TagOf(image.Key)} in {choice.Title} cannot be looked at.");
        return found.Value is { Document.Config: { } config } manifest && config.Digest == image.Id ? manifest : (RegistryManifest?)null;
    }

    /// <summary>The root of each variant, an index or a single manifest, or null as long as one of its images is not there.</summary>
    public async Task<Result<IReadOnlyDictionary<string, RegistryManifest>?, StepError>> RootsAsync(ProjectImages images, BuiltImages built, CancellationToken cancellationToken)
    {
        var roots = new Dictionary<string, RegistryManifest>();
        foreach (var variant in images.Variants)
        {
            var parts = new List<(Platform, RegistryManifest)>();
            foreach (var platform in variant.Platforms)
            {
                if (built.Find(new ImageKey(variant.Variant.Name, platform)) is not { } image)
                    return new StepError("not-built", $"{variant.Variant.Name} was not built for {platform}.", "The output of the build does not hold it.", "Run the build again, or correct the input.");
                var manifest = await FindAsync(image, cancellationToken);
                if (!manifest.IsOk)
                    return manifest.Error;
                if (manifest.Value is null)
                    return Result<IReadOnlyDictionary<string, RegistryManifest>?, StepError>.Ok(null);
                parts.Add((platform, manifest.Value));
            }
            roots[variant.Variant.Name] = ImageIndexes.Of(parts);
        }
        return Result<IReadOnlyDictionary<string, RegistryManifest>?, StepError>.Ok(roots);
    }
}
