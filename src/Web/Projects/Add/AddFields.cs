using ReleaseDashboard.Web.Projects.Settings;

namespace ReleaseDashboard.Web.Projects.Add;

/// <summary>The settings that a person looks at before a project is added; the others have defaults and wait in its settings.</summary>
internal static class AddFields
{
    /// <summary>Shown openly, group by group.</summary>
    public static IReadOnlyList<SettingGroup> Groups { get; } =
    [
        Group("Branches", "mainBranch", "devBranch", "submodules"),
        Group("Version", "versionFile", "versionFromTag", "versionName", "versionPlaces", "testsVersionFile", "testsVersionPattern"),
        Group("Tests and package", "package", "requirements", "testCommand", "smokeCommand"),
    ];

    /// <summary>Rarely changed: behind a fold.</summary>
    public static SettingGroup Indexes { get; } = SettingGroups.All.Single(group => group.Title == "Package indexes");

    public static IEnumerable<SettingField> All => Groups.Append(Indexes).SelectMany(group => group.Fields);

    public static string Label(string key) => All.FirstOrDefault(field => field.Key == key)?.Label ?? key;

    private static SettingGroup Group(string title, params IReadOnlyList<string> keys)
    {
        var fields = SettingGroups.All.SelectMany(group => group.Fields).ToDictionary(field => field.Key);
        return new SettingGroup(title, [.. keys.Select(key => fields[key])]);
    }
}
