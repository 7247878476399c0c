using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>Finds whom a comment mentions.</summary>
public static partial class Mentions
{
    /// <summary>The names after <c>@</c>, each once, as written. An address such as <c>a@example.org</c> mentions nobody.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [.. Name().Matches(text).Select(match => match.Groups["name"].Value.TrimEnd('.', '-')).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    [GeneratedRegex(@"(?<![\w.@/-])@(?<name>[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,63})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
