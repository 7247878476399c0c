using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>Says in a few words what is not as it was approved, for messages: whole texts stand on the page.</summary>
public static partial class ChangeWords
{
    private const int Longest = 60;
    private const int Named = 3;

    // Enough to tell two of one release apart, as git and registries shorten them.
    private const int ShortCommit = 7;
    private const int ShortDigest = 12;

    /// <summary>All of them in one sentence without its full stop; empty when there is none.</summary>
    public static string Of(IReadOnlyList<EvidenceChange> changes)
    {
        if (changes.Count == 0)
            return "";
        var text = string.Join("; ", changes.Take(Named).Select(Of)) + (changes.Count > Named ? $"; and {changes.Count - Named} more" : "");
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary><c>commit was 3e0e106 and is a7941c6</c>, <c>the notes were edited</c>.</summary>
    public static string Of(EvidenceChange change)
    {
        if (change.Item == "notes")
            return change switch { { Before: null } => "the notes were written", { After: null } => "the notes were removed", _ => "the notes were edited" };
        var name = change.Item.Replace('_', ' ');
        var (before, after) = (Short(change.Before), Short(change.After));
        return change switch
        {
            { Before: null } => after is null ? $"{name} is new" : $"{name} is new ({after})",
            { After: null } => $"{name} is gone",
            _ => before is null || after is null || before == after ? $"{name} changed" : $"{name} was {before} and is {after}",
        };
    }

    /// <summary>Null for what is too long for a message.</summary>
    private static string? Short(string? text)
    {
        if (text is null)
            return null;
        if (Hex().Match(text) is { Success: true } match)
            return match.Groups["kind"].Value + match.Groups["hex"].Value[..(match.Groups["hex"].Length > 40 ? ShortDigest : ShortCommit)];
        return text.Length is 0 or > Longest || text.Contains('\n', StringComparison.Ordinal) ? null : text;
    }

    [GeneratedRegex("^(?<kind>sha256:)?(?<hex>[0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hex();
}
