using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Versions;

/// <summary>Which version a mention should name.</summary>
public enum VersionExpectation
{
    /// <summary>The version that is being released.</summary>
    Current,

    /// <summary>The one after it, as the tests do once a version is built.</summary>
    Next,
}

/// <summary>A rule: this file mentions the version, and this is how to find it there.</summary>
/// <param name="Path">Of the file in the repository, with forward slashes.</param>
/// <param name="Constant">The name of a constant (see <see cref="VersionConstant"/>), or null when there is a pattern.</param>
/// <param name="Pattern">A regular expression; its group <c>version</c>, else its first group, else all of it is the version.</param>
/// <param name="Expectation">Which version should stand there.</param>
public sealed record VersionMention(string Path, string? Constant, string? Pattern, VersionExpectation Expectation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Where the rule finds a version. Throws <see cref="ArgumentException"/> when the rule cannot be read and
    /// <see cref="RegexMatchTimeoutException"/> when its pattern takes more than a second.
    /// </summary>
    public IReadOnlyList<VersionOccurrence> FindIn(string text) =>
        Constant is { } constant ? VersionConstant.Find(text, constant) : FindPattern(text, Pattern ?? "");

    /// <summary>Sets the version there, or refuses when the rule does not find exactly one place. Throws as <see cref="FindIn"/>.</summary>
    public VersionReplacement ReplaceIn(string text, PythonVersion version) =>
        VersionReplacement.Of(text, FindIn(text), $"what the rule for {Path} looks for", version);

    private static List<VersionOccurrence> FindPattern(string text, string pattern)
    {
        if (pattern.Length == 0)
            throw new ArgumentException("The rule has neither a constant nor a pattern.", nameof(pattern));
        var places = new List<VersionOccurrence>();
        foreach (Match match in new Regex(pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant, Patience).Matches(text))
        {
            var group = match.Groups["version"] is { Success: true } named ? named : match.Groups.Count > 1 ? match.Groups[1] : match;
            if (group.Success)
                places.Add(new VersionOccurrence(text.AsSpan(0, group.Index).Count('\n') + 1, group.Index, group.Value));
        }
        return places;
    }
}

/// <summary>What one mention turned out to be.</summary>
/// <param name="Line">From 1, or null when nothing was found.</param>
/// <param name="Found">As it is written there, or null.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record VersionFinding(VersionMention Mention, VersionAgreement Agreement, int? Line, string? Found, string Expected, string Message);

/// <summary>Whether a mention says what it should.</summary>
public enum VersionAgreement
{
    Agrees,

    /// <summary>Another version stands there.</summary>
    Differs,

    /// <summary>What stands there is no version.</summary>
    NotAVersion,

    /// <summary>The rule finds nothing in the file.</summary>
    NotFound,

    /// <summary>The file does not exist.</summary>
    NoFile,

    /// <summary>The rule itself is wrong: its pattern cannot be read or takes too long.</summary>
    BadRule,
}
