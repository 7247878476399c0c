namespace ReleaseDashboard.Web.Projects.Settings;

/// <summary>Why a setting cannot be used.</summary>
/// <param name="Key">The field it belongs to; empty when there is none.</param>
public sealed record SettingFault(string Key, string Message)
{
    /// <summary>Reads the lines of a refusal, each as "key: message". "versionPlaces[1].pattern" belongs to the field of versionPlaces.</summary>
    /// <param name="refusal">What creating or changing a project answered.</param>
    /// <param name="isField">Whether the form has a field of that key.</param>
    public static IReadOnlyList<SettingFault> Read(string refusal, Func<string, bool> isField) => [.. refusal.Split('\n').Select(line => Split(line, isField))];

    private static SettingFault Split(string line, Func<string, bool> isField)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
            return new SettingFault("", line);
        var key = line[..colon];
        var bracket = key.IndexOf('[', StringComparison.Ordinal);
        key = bracket < 0 ? key : key[..bracket];
        return isField(key) ? new SettingFault(key, line[(colon + 2)..]) : new SettingFault("", line);
    }
}
