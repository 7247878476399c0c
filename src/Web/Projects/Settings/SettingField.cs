using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>How a setting is typed.</summary>
public enum SettingKind
{
    Text,

    /// <summary>One item a line.</summary>
    Lines,

    Flag,
}

/// <summary>One setting of a project in the form.</summary>
/// <param name="Key">As faults name it: the JSON name of the setting.</param>
/// <param name="Read">As text; flags as "true" or "false".</param>
public sealed record SettingField(
    string Key, string Label, string? Hint, SettingKind Kind, Func<ProjectSettings, string> Read, Func<ProjectSettings, string, ProjectSettings> Write);

public sealed record SettingGroup(string Title, IReadOnlyList<SettingField> Fields);
