using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>Who uploads the package: the worker, or, while the switch is on, a workflow of the project.</summary>
public static class PublishFields
{
    public const string Switch = "publishBy";

    private static readonly PublishWorkflow Fresh = new("publish.yml");

    public static IReadOnlyList<SettingField> All { get; } =
    [
        SettingGroups.Flag(Switch, "A workflow uploads the package, as trusted publishing needs it", s => s.PublishBy is not null, (s, v) => s with { PublishBy = v ? s.PublishBy ?? Fresh : null })
            with { Kind = SettingKind.Switch },
        SettingGroups.Text("publishBy.file", "Workflow", "Its file name in .github/workflows. It uploads the files of the GitHub release's draft, and builds none", s => (s.PublishBy ?? Fresh).File,
            (s, v) => With(s, publish => publish with { File = v })),
        SettingGroups.Text("publishBy.repository", "Its repository", "OWNER/NAME; empty for this one. Another one is started by dispatch, and the GitHub token must reach it", s => s.PublishBy?.Repository ?? "",
            (s, v) => With(s, publish => publish with { Repository = SettingText.OrNull(v) })),
        SettingGroups.Flag("publishBy.dispatch", "Start it by dispatch, with the inputs tag and commit; otherwise the pushed tag starts it", s => s.PublishBy?.Dispatch ?? false,
            (s, v) => With(s, publish => publish with { Dispatch = v })),
        SettingGroups.Text("publishBy.branch", "Branch of a dispatch", "Whose file runs", s => (s.PublishBy ?? Fresh).Branch,
            (s, v) => With(s, publish => publish with { Branch = v })),
    ];

    // The switch comes first among the fields: while it is off there is nothing to change.
    private static ProjectSettings With(ProjectSettings settings, Func<PublishWorkflow, PublishWorkflow> change) =>
        settings.PublishBy is { } publish ? settings with { PublishBy = change(publish) } : settings;
}
