using ReleaseDashboard.Core.Diffs;

namespace ReleaseDashboard.Core.Versions;

/// <summary>What came of setting a version in a text.</summary>
public abstract record VersionReplacement
{
    private VersionReplacement() { }

    /// <summary>The new text; the same as the old one when the version was there already.</summary>
    /// <param name="Line">Of the version, from 1.</param>
    /// <param name="Before">What stood there.</param>
    public sealed record Done(string Text, int Line, string Before, LineDiff Diff) : VersionReplacement;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Reason">A clause for people.</param>
    /// <param name="Lines">The lines that were in question, from 1.</param>
    public sealed record Refused(string Reason, IReadOnlyList<int> Lines) : VersionReplacement;

    /// <summary>
    /// Writes the version to the only place there is, and changes nothing else. With no place or several it is refused:
    /// guessing which one is meant would publish the wrong thing.
    /// </summary>
    internal static VersionReplacement Of(string text, IReadOnlyList<VersionOccurrence> places, string what, PythonVersion version)
    {
        if (places is not [var place])
        {
            var lines = places.Select(found => found.Line).ToList();
            return new Refused(
                lines.Count == 0
                    ? $"no line sets {what} to a version"
                    : $"{what} is set {lines.Count} times, in lines {string.Join(", ", lines)}: it must be set once",
                lines);
        }
        var changed = string.Concat(text.AsSpan(0, place.Index), version.ToString(), text.AsSpan(place.Index + place.Value.Length));
        return new Done(changed, place.Line, place.Value, LineDiff.Between(text, changed));
    }
}
