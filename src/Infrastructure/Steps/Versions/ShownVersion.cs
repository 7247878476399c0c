using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.Steps.Versions;

/// <summary>Finds a version in a text.</summary>
internal static class ShownVersion
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Whether the whole version is there: 1.2.0 is not in "11.2.0" or "1.2.0b1".</summary>
    public static bool IsIn(string text, string version) =>
        Regex.IsMatch(text, $@"(?<![0-9A-Za-z.]){Regex.Escape(version)}(?![0-9A-Za-z]|\.[0-9])", RegexOptions.None, Limit)
        || Regex.IsMatch(text, $@"(?<![0-9A-Za-z.])v{Regex.Escape(version)}(?![0-9A-Za-z]|\.[0-9])", RegexOptions.None, Limit);
}
