using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Looks where the tags of a project's strategy point.</summary>
public sealed class ImageLooks(IImageReader reader)
{
    /// <summary>The tags of one version, or of a branch, in one registry.</summary>
    /// <param name="context">What the tags were made for.</param>
    public async Task<RegistryLook> LookAsync(Project project, RegistryAddress registry, GitContext context, CancellationToken cancellationToken)
    {
        var settings = project.Settings.Images!;
        var plan = ImageTags.For(settings.Tags, context, settings.Variants);
        var asked = plan.Variants.SelectMany(own => own.Tags.Select(tag => (own.Variant, Tag: tag))).ToList();
        var answers = await Task.WhenAll(asked.Select(own => reader.LookAsync(project, registry, own.Variant, own.Tag, cancellationToken)));
        return new RegistryLook(
            registry,
            new ImageInventory([.. answers.Where(answer => answer.IsOk).Select(answer => answer.Value).OfType<TaggedImage>()]),
            [.. answers.Where(answer => !answer.IsOk).Select(answer => answer.Error!).Concat(plan.Faults).Distinct()]);
    }

    /// <summary>Both registries for one version. What preproduction lacks under the version's tags is looked for under the branch's.</summary>
    public async Task<(RegistryLook Preproduction, RegistryLook Production)> CompareAsync(Project project, string version, CancellationToken cancellationToken)
    {
        var settings = project.Settings.Images!;
        var context = GitContext.OfVersion(PythonVersion.Parse(version));
        var production = LookAsync(project, settings.Production, context, cancellationToken);
        var tested = await LookAsync(project, settings.Preproduction, context, cancellationToken);
        var lacking = settings.Variants.Where(variant => tested.Inventory.Images.All(image => image.Variant != variant.Name)).Select(variant => variant.Name).ToList();
        if (lacking.Count > 0 && tested.IsWhole && BranchName.TryParse(project.Settings.DevBranch, out var branch, out _))
        {
            var built = await LookAsync(project, settings.Preproduction, GitContext.OfBranch(branch), cancellationToken);
            tested = tested with
            {
                Inventory = new ImageInventory([.. tested.Inventory.Images, .. built.Inventory.Images.Where(image => lacking.Contains(image.Variant))]),
                Faults = built.Faults,
            };
        }
        return (tested, await production);
    }

    /// <summary>All tags of a registry with the variant that each belongs to, those of no variant last; at most <paramref name="most"/> are looked at.</summary>
    public async Task<Result<TagList, string>> TagsAsync(Project project, RegistryAddress registry, int most, CancellationToken cancellationToken)
    {
        var listed = await reader.TagsAsync(project, registry, cancellationToken);
        if (!listed.IsOk)
            return listed.Error;
        var settings = project.Settings.Images!;
        var known = listed.Value
            .Select(tag => (Tag: tag, Variant: ImageTags.VariantOf(settings.Tags, tag.Value, settings.Variants)?.Name))
            .OrderBy(own => own.Variant is null)
            .ThenByDescending(own => VersionIn(own.Tag.Value))
            .ThenBy(own => own.Tag.Value, StringComparer.Ordinal)
            .ToList();
        var rows = await Task.WhenAll(known.Take(most).Select(async own =>
        {
            var look = await reader.LookAsync(project, registry, own.Variant ?? "", own.Tag, cancellationToken);
            return new TagRow(own.Tag.Value, own.Variant, look.IsOk ? look.Value : null, look.Error);
        }));
        return new TagList(registry, rows, known.Count);
    }

    // Tags that name no version move: they stand above all that do.
    private static PythonVersion VersionIn(string tag)
    {
        var end = tag.IndexOf('-', StringComparison.Ordinal);
        return PythonVersion.TryParse(end < 0 ? tag : tag[..end], out var version, out _) ? version : Highest;
    }

    private static readonly PythonVersion Highest = PythonVersion.Parse("9999999999!0");
}

/// <summary>The tags of one registry.</summary>
/// <param name="All">How many there are; more than rows when the list was cut.</param>
public sealed record TagList(RegistryAddress Registry, IReadOnlyList<TagRow> Rows, int All);

/// <summary>Where one tag points now.</summary>
/// <param name="Variant">Null when the strategy makes no such tag.</param>
/// <param name="Image">Null when it could not be read, or went away meanwhile.</param>
/// <param name="Error">The registry's words, or null.</param>
public sealed record TagRow(string Tag, string? Variant, TaggedImage? Image, string? Error);
