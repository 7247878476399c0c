using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Versions;

/// <summary>
/// The one line of a file that sets the version: <c>version: str = "1.2.0b1"</c> in Python, <c>version = "1.2.0"</c> in
/// pyproject.toml, <c>version = 1.2.0</c> in setup.cfg, <c>version="1.2.0",</c> in setup.py.
/// </summary>
public static partial class VersionConstant
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Every place that sets the attribute to a literal, in file order.</summary>
    /// <param name="text">The file's contents.</param>
    /// <param name="attribute">The name that is set, such as <c>version</c> or <c>__version__</c>; a class name before it (<c>ConstantConfig.version</c>) is for the reader only.</param>
    public static IReadOnlyList<VersionOccurrence> Find(string text, string attribute)
    {
        var name = attribute[(attribute.LastIndexOf('.') + 1)..];
        if (!Name().IsMatch(name))
            throw new ArgumentException($"\"{attribute}\" is not the name of a constant.", nameof(attribute));
        var pattern = new Regex(
            $"""^[ \t]*{Regex.Escape(name)}[ \t]*(?::[^=\n]*)?=[ \t]*(?:(?<quote>["'])(?<value>[^"'\n]*)\k<quote>|(?<value>\d[\w.!+-]*))[ \t]*,?[ \t]*(?:[#;][^\n]*)?\r?$""",
            RegexOptions.Multiline | RegexOptions.CultureInvariant,
            Patience);
        return [.. pattern.Matches(text).Select(match => match.Groups["value"]).Select(value => new VersionOccurrence(
            text.AsSpan(0, value.Index).Count('\n') + 1, value.Index, value.Value))];
    }

    /// <summary>Sets the attribute to a version; refused when it is not set exactly once (see <see cref="VersionReplacement"/>).</summary>
    public static VersionReplacement Replace(string text, string attribute, PythonVersion version) =>
        VersionReplacement.Of(text, Find(text, attribute), $"\"{attribute}\"", version);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}

/// <summary>Where a version stands in a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Index">Of the first character of the version in the text, from 0.</param>
/// <param name="Value">The version as it is written there.</param>
public sealed record VersionOccurrence(int Line, int Index, string Value);
