using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Infrastructure.Projects;

/// <summary>Looks through what a project says about its images and reports every fault, each beginning with the setting's name.</summary>
internal static partial class ImageSettingsCheck
{
    private const int MostVariants = 50;
    private const int LongestReason = 500;

    public static IEnumerable<string> Faults(ImageSettings settings, Func<string, string, IEnumerable<string>> path) =>
    [
        .. Registry("images.preproduction", settings.Preproduction),
        .. Registry("images.production", settings.Production),
        .. One(settings.Variants.Count is > 0 and <= MostVariants, $"images.variants: there have to be 1 to {MostVariants} variants."),
        .. One(settings.Variants.DistinctBy(variant => variant.Name).Count() == settings.Variants.Count, "images.variants: two variants have the same name."),
        .. settings.Variants.SelectMany((variant, at) => Variant($"images.variants[{at}]", variant, path)),
        .. Templates("images.tags.forVersion", settings.Tags.ForVersion, settings),
        .. One(settings.Tags.ForVersion.Any(template => template.Contains("{version}", StringComparison.Ordinal)), "images.tags.forVersion: one template has to hold {version}, so that each release keeps a tag of its own."),
        .. Templates("images.tags.forBranch", settings.Tags.ForBranch, settings),
        .. One(settings.Tags.Latest is not { } latest || settings.Variants.Any(variant => variant.Name == latest), $"images.tags.latest: '{settings.Tags.Latest}' is none of the variants."),
        .. Meetings(settings),
        .. settings.Notes.SelectMany((note, at) => Note($"images.notes[{at}]", note, settings)),
        .. Workflow("images.preReleaseWorkflow", settings.PreReleaseWorkflow),
        .. Workflow("images.releaseWorkflow", settings.ReleaseWorkflow),
        .. One(settings.ReleaseWorkflowRepository is not { } repository || Repository().IsMatch(repository), $"images.releaseWorkflowRepository: '{settings.ReleaseWorkflowRepository}' is not OWNER/NAME."),
        .. One(settings.ReleaseWorkflowRepository is null || settings.ReleaseWorkflow is not null, "images.releaseWorkflowRepository: there is no release workflow to run there."),
    ];

    private static IEnumerable<string> One(bool good, string fault) => good ? [] : [fault];

    private static IEnumerable<string> Registry(string setting, RegistryAddress registry) =>
    [
        .. One(Name().IsMatch(registry.Name), $"{setting}.name: '{registry.Name}' is no short name."),
        .. ImageRepository.TryParse(registry.Repository, out _, out var fault) ? [] : new[] { $"{setting}.repository: {fault}" },
    ];

    private static IEnumerable<string> Variant(string setting, ImageVariant variant, Func<string, string, IEnumerable<string>> path) =>
    [
        .. One(Name().IsMatch(variant.Name), $"{setting}.name: '{variant.Name}' has to be letters, digits, '.', '-' and '_', beginning with a letter or digit."),
        .. path($"{setting}.dockerfile", variant.Dockerfile),
        .. variant.Context == "." ? [] : path($"{setting}.context", variant.Context),
        .. One(variant.Target is not { } target || Name().IsMatch(target), $"{setting}.target: '{variant.Target}' is no name of a stage."),
        .. One(variant.Platforms.Count > 0, $"{setting}.platforms: {variant.Name} has no platform."),
        .. variant.Platforms.SelectMany(platform => Platform.TryParse(platform, out _, out var fault) ? [] : new[] { $"{setting}.platforms: {fault}" }),
        .. One(variant.Platforms.Distinct().Count() == variant.Platforms.Count, $"{setting}.platforms: {variant.Name} names a platform twice."),
        .. variant.Arguments.SelectMany(argument => One(Argument().IsMatch(argument), $"{setting}.arguments: '{argument}' is not NAME=VALUE.")),
        .. One(variant.SmokeCommand.All(argument => !argument.Contains('\0', StringComparison.Ordinal)), $"{setting}.smokeCommand: an argument holds a null character."),
        .. variant.SmokeFolder is { } folder ? path($"{setting}.smokeFolder", folder) : [],
        .. One(variant.SmokeMount.StartsWith('/') && variant.SmokeMount.Length > 1 && !variant.SmokeMount.Contains(':', StringComparison.Ordinal) && !variant.SmokeMount.Any(char.IsControl),
            $"{setting}.smokeMount: '{variant.SmokeMount}' is no absolute path in a container."),
    ];

    private static IEnumerable<string> Templates(string setting, IReadOnlyList<string> templates, ImageSettings settings) =>
        TagStrategyCheck.Faults(new TagStrategy { ForVersion = templates, ForBranch = [] }, [.. settings.Variants.DistinctBy(variant => variant.Name)]).Select(fault => $"{setting}: {fault}");

    // Templates that are good alone may still make one tag for two variants.
    private static IEnumerable<string> Meetings(ImageSettings settings)
    {
        IReadOnlyList<ImageVariant> variants = [.. settings.Variants.DistinctBy(variant => variant.Name)];
        var known = TagStrategyCheck.Faults(settings.Tags, variants).ToHashSet();
        return new[] { GitContext.OfVersion(PythonVersion.Parse("1.2.3")), GitContext.OfTag("1.2.3b1")!, GitContext.OfText("refs/heads/dev")! }
            .SelectMany(context => ImageTags.For(settings.Tags, context, variants).Faults)
            .Where(fault => !known.Contains(fault))
            .Distinct()
            .Select(fault => $"images.tags.forVersion: {fault}");
    }

    private static IEnumerable<string> Note(string setting, PlatformNote note, ImageSettings settings) =>
    [
        .. One(Platform.TryParse(note.Platform.TrimEnd('*').TrimEnd('/'), out _, out _) || (note.Platform.EndsWith('*') && note.Platform.Length > 1), $"{setting}.platform: '{note.Platform}' is no platform such as linux/s390x or linux/arm*."),
        .. One(note.Variant == "*" || settings.Variants.Any(variant => variant.Name == note.Variant), $"{setting}.variant: '{note.Variant}' is none of the variants, and not '*' for all."),
        .. One(note.Reason.Length is > 0 and <= LongestReason, $"{setting}.reason: a reason of 1 to {LongestReason} characters is needed."),
    ];

    private static IEnumerable<string> Workflow(string setting, string? file) =>
        One(file is null || WorkflowFile().IsMatch(file), $"{setting}: '{file}' is no file name of a workflow such as release.yml.");

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*=[^\\x00-\\x1f]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Argument();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\\.ya?ml$", RegexOptions.NonBacktracking)]
    private static partial Regex WorkflowFile();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}$", RegexOptions.NonBacktracking)]
    private static partial Regex Repository();
}
