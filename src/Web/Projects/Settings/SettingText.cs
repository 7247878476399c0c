using ReleaseDashboard.Core.Changelog;

namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>Settings as people type them.</summary>
internal static class SettingText
{
    public static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>Lines without what surrounds them; empty ones are left out.</summary>
    public static IReadOnlyList<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A heading and the labels after its colon.</summary>
    public static ChangelogGroup Group(string line)
    {
        var at = line.LastIndexOf(':');
        return at < 0
            ? new ChangelogGroup(line, [])
            : new ChangelogGroup(line[..at].Trim(), line[(at + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The first word and everything after it.</summary>
    public static (string First, string Others) Pair(string line)
    {
        var parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
