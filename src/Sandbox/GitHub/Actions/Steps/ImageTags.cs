using System.Text.RegularExpressions;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Steps;

/// <summary>Tags of an image by templates with <c>{version}</c> and <c>{variant}</c>.</summary>
internal static partial class ImageTags
{
    /// <summary>The version that a text names: a tag, or the title of a pull request.</summary>
    public static string? VersionIn(string text) => Version().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>Templates that need a version make no tag without one; <c>latest</c> is for final versions.</summary>
    /// <param name="templates">More specific first.</param>
    /// <param name="version">The version, or null.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="latest">The variant that gets <c>latest</c>.</param>
    public static IReadOnlyList<string> Of(IEnumerable<string> templates, string? version, string variant, string latest) =>
    [
        .. templates.Where(template => version is not null || !template.Contains("{version}", StringComparison.Ordinal))
            .Select(template => template.Replace("{version}", version, StringComparison.Ordinal).Replace("{variant}", variant, StringComparison.Ordinal)),
        .. latest == variant && version is not null && version.All(letter => char.IsAsciiDigit(letter) || letter == '.') ? ["latest"] : Array.Empty<string>(),
    ];

    [GeneratedRegex(@"[0-9]+\.[0-9]+\.[0-9]+(?:[ab][0-9]+)?", RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
