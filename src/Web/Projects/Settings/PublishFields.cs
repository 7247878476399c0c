using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>Who uploads the package: the worker, or a workflow of the project. Without a file name it is the worker.</summary>
internal static class PublishFields
{
    private static readonly PublishWorkflow Empty = new("");

    public static IReadOnlyList<SettingField> All { get; } =
    [
        SettingGroups.Text("publishBy.file", "Published by the workflow", "publish.yml; empty when the worker uploads", s => s.PublishBy?.File ?? "",
            (s, v) => s with { PublishBy = v.Length == 0 ? null : (s.PublishBy ?? Empty) with { File = v } }),
        SettingGroups.Text("publishBy.repository", "Workflow's repository", "OWNER/NAME; empty for this one", s => s.PublishBy?.Repository ?? "",
            (s, v) => With(s, publish => publish with { Repository = SettingText.OrNull(v) })),
        SettingGroups.Flag("publishBy.dispatch", "Start that workflow by dispatch, not by the tag", s => s.PublishBy?.Dispatch ?? false,
            (s, v) => With(s, publish => publish with { Dispatch = v })),
        SettingGroups.Text("publishBy.branch", "Branch of the dispatched workflow", null, s => s.PublishBy?.Branch ?? Empty.Branch,
            (s, v) => With(s, publish => publish with { Branch = v })),
    ];

    // The file name comes first among the fields: without one there is nothing to change.
    private static ProjectSettings With(ProjectSettings settings, Func<PublishWorkflow, PublishWorkflow> change) =>
        settings.PublishBy is { } publish ? settings with { PublishBy = change(publish) } : settings;
}
