using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Graphs;

/// <summary>Tells a project's own images from those of others.</summary>
internal sealed class OwnImages(ImageSettings settings)
{
    /// <summary>Whether the reference is in one of the project's repositories.</summary>
    public bool IsOwn(ImageReference reference) =>
        Is(settings.Preproduction, reference.Repository) || Is(settings.Production, reference.Repository);

    /// <summary>The variant that the reference means; null when it is none of the project's.</summary>
    public string? VariantOf(ImageReference reference)
    {
        if (!IsOwn(reference))
            return null;
        var named = ImageTags.VariantOf(settings.Tags, (reference.Tag ?? ImageReference.Latest).Value, settings.Variants);
        return (named ?? (settings.Variants is [var only] ? only : null))?.Name;
    }

    private static bool Is(RegistryAddress address, ImageRepository repository) =>
        ImageRepository.TryParse(address.Repository, out var own, out _) && own == repository;
}
