using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>Finds whom a comment mentions.</summary>
public static partial class Mentions
{
    /// <summary>The names after <c>@</c>, each once, as written. An address such as <c>a@example.org</c> mentions nobody.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [.. Name().Matches(text).Select(match => match.Groups["name"].Value.TrimEnd('.', '-')).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The name that is being written at the end of the text, empty right after the <c>@</c>; null when none is.</summary>
    public static string? Begun(string text) => Unfinished().Match(text) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"(?<![\w.@/-])@(?<name>([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63})?)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![\w.@/-])@(?<name>[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
