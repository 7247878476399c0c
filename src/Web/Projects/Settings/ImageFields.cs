using System.Text.Json;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>What a project says about its images, as fields. While the switch is off the project has none.</summary>
public static class ImageFields
{
    public const string Switch = "images";

    private static readonly ImageSettings Fresh = new()
    {
        Preproduction = new RegistryAddress("preproduction", ""),
        Production = new RegistryAddress("production", ""),
        Variants = [new ImageVariant { Name = "default" }],
    };

    public static IReadOnlyList<SettingField> All { get; } =
    [
        SettingGroups.Flag(Switch, "This project has images", s => s.Images is not null, (s, v) => s with { Images = v ? s.Images ?? Fresh : null }) with { Kind = SettingKind.Switch },
        Text("images.preproduction.repository", "Preproduction repository", "Where images go before they are released, without a tag: registry.example/team/app", i => i.Preproduction.Repository, (i, v) => i with { Preproduction = i.Preproduction with { Repository = v } }),
        Text("images.production.repository", "Production repository", "Where users pull from", i => i.Production.Repository, (i, v) => i with { Production = i.Production with { Repository = v } }),
        Flag("images.preproduction.insecure", "Preproduction speaks plain HTTP", i => i.Preproduction.Insecure, (i, v) => i with { Preproduction = i.Preproduction with { Insecure = v } }),
        Flag("images.production.insecure", "Production speaks plain HTTP", i => i.Production.Insecure, (i, v) => i with { Production = i.Production with { Insecure = v } }),
        new("images.variants", "Variants", null, SettingKind.Variants, s => VariantText.Write((s.Images ?? Fresh).Variants), (s, v) => s.Images is { } own ? s with { Images = own with { Variants = VariantText.Read(v) } } : s),
        Lines("images.tags.forVersion", "Tags of a version", "Templates, one a line: {version}, {commit} and {variant} are replaced", i => i.Tags.ForVersion, (i, v) => i with { Tags = i.Tags with { ForVersion = v } }),
        Lines("images.tags.forBranch", "Tags of a branch", "Templates, one a line: {branch}, {commit} and {variant} are replaced", i => i.Tags.ForBranch, (i, v) => i with { Tags = i.Tags with { ForBranch = v } }),
        Text("images.tags.latest", "Variant that gets latest", "For final versions only; empty for none", i => i.Tags.Latest ?? "", (i, v) => i with { Tags = i.Tags with { Latest = SettingText.OrNull(v) } }),
        Text("images.preReleaseWorkflow", "Workflow that builds and tests", "File name such as pre-release.yml; empty for none", i => i.PreReleaseWorkflow ?? "", (i, v) => i with { PreReleaseWorkflow = SettingText.OrNull(v) }),
        Text("images.releaseWorkflow", "Workflow that migrates to production", "Empty: a worker copies the images by digest", i => i.ReleaseWorkflow ?? "", (i, v) => i with { ReleaseWorkflow = SettingText.OrNull(v) }),
        Text("images.releaseWorkflowRepository", "Repository of that workflow", "OWNER/NAME; empty for this one", i => i.ReleaseWorkflowRepository ?? "", (i, v) => i with { ReleaseWorkflowRepository = SettingText.OrNull(v) }),
        Text("images.releaseWorkflowBranch", "Branch of that workflow", "Whose file a dispatch runs", i => i.ReleaseWorkflowBranch, (i, v) => i with { ReleaseWorkflowBranch = v }),
        Lines("images.notes", "Why some are not there", "Platform, variant or *, and the reason, one a line: linux/arm* signal-debian no JRE", i => i.Notes.Select(note => $"{note.Platform} {note.Variant} {note.Reason}"),
            (i, v) => i with { Notes = [.. v.Select(line => SettingText.Pair(line)).Select(first => (first.First, Second: SettingText.Pair(first.Others))).Select(note => new PlatformNote(note.First, note.Second.First, note.Second.Others))] }),
    ];

    private static SettingField Text(string key, string label, string hint, Func<ImageSettings, string> read, Func<ImageSettings, string, ImageSettings> write) =>
        SettingGroups.Text(key, label, hint, s => read(s.Images ?? Fresh), (s, v) => s.Images is { } own ? s with { Images = write(own, v) } : s);

    private static SettingField Lines(string key, string label, string hint, Func<ImageSettings, IEnumerable<string>> read, Func<ImageSettings, IReadOnlyList<string>, ImageSettings> write) =>
        SettingGroups.Lines(key, label, hint, s => read(s.Images ?? Fresh), (s, v) => s.Images is { } own ? s with { Images = write(own, v) } : s);

    private static SettingField Flag(string key, string label, Func<ImageSettings, bool> read, Func<ImageSettings, bool, ImageSettings> write) =>
        SettingGroups.Flag(key, label, s => read(s.Images ?? Fresh), (s, v) => s.Images is { } own ? s with { Images = write(own, v) } : s);
}

/// <summary>Variants between the form and the settings.</summary>
internal static class VariantText
{
    public static string Write(IReadOnlyList<ImageVariant> variants) => JsonSerializer.Serialize(variants, JsonSerializerOptions.Web);

    /// <summary>Only the form writes this text, so that one that cannot be read is a bug.</summary>
    public static IReadOnlyList<ImageVariant> Read(string text) => JsonSerializer.Deserialize<IReadOnlyList<ImageVariant>>(text, JsonSerializerOptions.Web)!;
}
