using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>How a setting is typed.</summary>
public enum SettingKind
{
    Text,

    /// <summary>One item a line.</summary>
    Lines,

    Flag,

    /// <summary>A flag that other fields depend on.</summary>
    Switch,

    /// <summary>The variants of the images, as JSON between the form and the settings.</summary>
    Variants,
}

/// <summary>One setting of a project in the form.</summary>
/// <param name="Key">As faults name it: the JSON name of the setting.</param>
/// <param name="Read">As text; flags as "true" or "false".</param>
public sealed record SettingField(
    string Key, string Label, string? Hint, SettingKind Kind, Func<ProjectSettings, string> Read, Func<ProjectSettings, string, ProjectSettings> Write);

/// <param name="Id">To jump to it; null for none.</param>
/// <param name="Switch">Key of the flag that shows the other fields; null when they always are.</param>
public sealed record SettingGroup(string Title, IReadOnlyList<SettingField> Fields, string? Id = null, string? Switch = null)
{
    public IEnumerable<SettingField> Shown(Func<string, string> text) =>
        Switch is null || text(Switch) == "true" ? Fields : Fields.Where(field => field.Key == Switch);
}
