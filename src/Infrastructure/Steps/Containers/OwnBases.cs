using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Dockerfiles;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Puts the image that this release has just built in the place of a <c>FROM</c> that names another variant. Otherwise the builder
/// would take the last release's image from the registry, or whatever has that name on the engine.
/// </summary>
internal sealed class OwnBases(ImageSettings settings, Func<ImageKey, string?> built)
{
    /// <summary>The text of a Dockerfile with its references to own variants replaced; everything else stays as it is.</summary>
    /// <param name="engine">The platform that the engine runs on.</param>
    public Result<string, StepError> Resolve(ImageVariant variant, string text, Platform platform, Platform engine)
    {
        var file = Dockerfile.Read(text, new BuildSetting(platform, engine, variant.Arguments));
        var lines = text.Split('\n');
        foreach (var relation in file.Stages.SelectMany(stage => stage.Relations))
        {
            if (relation.Source is not StageSource.Image image || Own(image) is not { } own)
                continue;
            var wanted = Platform.TryParse(image.Platform, out var other, out _) ? other : platform;
            if (built(new ImageKey(own, wanted)) is not { } replacement)
                return Error(variant, relation.Line, $"It needs the variant {own} for {wanted}, which is not built in this release.");
            if (!DockerfileReferences.Replace(lines, relation, replacement))
                return Error(variant, relation.Line, $"The place of {image.Reference} could not be found in the line.");
        }
        return string.Join('\n', lines);
    }

    private string? Own(StageSource.Image image)
    {
        if (!ImageReference.TryParse(image.Reference, out var reference, out _) || reference.Digest is not null || !IsOwn(reference.Repository))
            return null;
        var named = ImageTags.VariantOf(settings.Tags, (reference.Tag ?? ImageReference.Latest).Value, settings.Variants);
        return (named ?? (settings.Variants is [var only] ? only : null))?.Name;
    }

    private bool IsOwn(ImageRepository repository) => new[] { settings.Preproduction, settings.Production }
        .Any(address => ImageRepository.TryParse(address.Repository, out var own, out _) && own == repository);

    private static StepError Error(ImageVariant variant, int line, string why) => new(
        "base-not-built", $"{variant.Dockerfile} cannot be built on the images of this release.", $"Line {line}: {why}",
        "Give the variant the same platforms as the one it is built on, or write the reference in one line. Then start the release again.");
}
