using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Versions;

/// <summary>
/// The version that setuptools-scm guesses for a tree, by its usual schemes (guess-next-dev and node-and-date; a project may
/// configure others): https://setuptools-scm.readthedocs.io/en/latest/usage/
/// </summary>
/// <param name="Text">What a build of the tree would be called.</param>
/// <param name="Tag">The nearest tag with a digit in its name; null when there is none.</param>
/// <param name="Distance">Commits after that tag; without one, all commits.</param>
/// <param name="IsDirty">Whether files of the tree are changed.</param>
public sealed partial record ScmVersion(string Text, string? Tag, int Distance, bool IsDirty)
{
    private const string Dirty = "-dirty";

    /// <summary>Whether it is the tag's own version: nothing came after it.</summary>
    public bool IsExact => Tag is not null && Distance == 0 && !IsDirty;

    /// <param name="description">What <c>git describe --tags --long --dirty --match *[0-9]*</c> prints.</param>
    /// <param name="today">The day that a changed tree gets into its version.</param>
    /// <param name="fault">Why setuptools-scm would refuse to build it, a sentence.</param>
    public static bool TryParse(string description, DateOnly today, [NotNullWhen(true)] out ScmVersion? version, out string fault)
    {
        (version, fault) = (null, "");
        var isDirty = description.EndsWith(Dirty, StringComparison.Ordinal);
        var text = isDirty ? description[..^Dirty.Length] : description;
        if (Description().Match(text) is not { Success: true } parts)
        {
            fault = $"'{description}' is no description of a tree.";
            return false;
        }
        var (tag, distance, node) = (parts.Groups["tag"].Value, int.Parse(parts.Groups["distance"].Value, CultureInfo.InvariantCulture), parts.Groups["node"].Value);
        if (VersionIn(tag) is not { } tagged)
            fault = $"setuptools-scm finds no version in the tag {tag}.";
        else if (tagged.Dev is { IsZero: false } && (distance > 0 || isDirty))
            fault = $"setuptools-scm does not count on from the tag {tag}: after '.dev' only 0 may stand.";
        else
            version = new ScmVersion(distance == 0 && !isDirty ? tagged.ToString() : Guess(tagged, distance, node, isDirty, today), tag, distance, isDirty);
        return version is not null;
    }

    /// <summary>Of a tree without any tag.</summary>
    /// <param name="commits">How many there are.</param>
    /// <param name="node">The commit, at least seven digits.</param>
    public static ScmVersion WithoutTag(int commits, string node, bool isDirty, DateOnly today) =>
        new(Guess(PythonVersion.Parse("0.0"), commits, "g" + node[..7], isDirty, today), null, commits, isDirty);

    /// <param name="planned">The version that will be released.</param>
    /// <param name="isTagged">Whether its tag is there, wherever.</param>
    public ScmAgreement Compare(PythonVersion planned, bool isTagged) => (IsExact, isTagged) switch
    {
        (true, _) when PythonVersion.Parse(Text) == planned => ScmAgreement.Equal,
        (false, false) => ScmAgreement.TagIsMissing,
        _ => ScmAgreement.Wrong,
    };

    /// <summary>What stands beside it, a sentence or two for people.</summary>
    public string Told(PythonVersion? planned, bool isTagged) => planned is null ? $"{Place}." : Compare(planned, isTagged) switch
    {
        ScmAgreement.Equal => "The tag is there, and it is the version that is planned.",
        ScmAgreement.TagIsMissing => $"{Place}. The release's tag makes it {planned}.",
        _ when IsExact => $"Wrong: {Place}, and {planned} is planned.",
        _ when Distance == 0 && Tag is not null => $"Wrong: {Place}.",
        _ => $"Wrong: {Place}, although the tag of {planned} is there, on another commit.",
    };

    private string Place => (Tag, Distance) switch
    {
        (null, _) => $"{Commits}, and no tag",
        (_, 0) => $"{Tag} is on this commit",
        _ => $"{Commits} after {Tag}",
    } + (IsDirty ? ", with changed files" : "");

    private string Commits => Distance == 1 ? "1 commit" : $"{Distance} commits";

    // The last number grows by one, whatever it counts: 1.2.0 gives 1.2.1, 1.2.0b1 gives 1.2.0b2.
    private static string Guess(PythonVersion tagged, int distance, string node, bool isDirty, DateOnly today)
    {
        var text = tagged.ToString();
        var end = text.Length;
        while (end > 0 && char.IsAsciiDigit(text[end - 1]))
            end--;
        var next = tagged.Dev is null ? text[..end] + (System.Numerics.BigInteger.Parse(text[end..], CultureInfo.InvariantCulture) + 1) : text[..text.LastIndexOf(".dev", StringComparison.Ordinal)];
        var local = isDirty ? string.Create(CultureInfo.InvariantCulture, $"{node}.d{today:yyyyMMdd}") : node;
        return string.Create(CultureInfo.InvariantCulture, $"{next}.dev{distance}+{local}");
    }

    private static PythonVersion? VersionIn(string tag) =>
        TagName().Match(tag) is { Success: true } match && PythonVersion.TryParse(match.Groups["version"].Value, out var version, out _) ? version : null;

    [GeneratedRegex("^(?<tag>.+)-(?<distance>[0-9]{1,9})-(?<node>g[0-9a-f]+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Description();

    // setuptools-scm's own: words and a dash may stand before the version; what follows a plus does not count.
    [GeneratedRegex(@"^([\w-]+-)?(?<version>[vV]?[0-9]+(\.[0-9]+){0,2}[^+]*)(\+.*)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TagName();
}

/// <summary>How a guessed version stands to the one that is planned.</summary>
public enum ScmAgreement
{
    /// <summary>The tag is there, and it is that version.</summary>
    Equal,

    /// <summary>The release has not made its tag yet.</summary>
    TagIsMissing,

    /// <summary>Another version's tag is on the commit, or the planned one's is on another.</summary>
    Wrong,
}
