using System.Text.RegularExpressions;

namespace ReleaseDashboard.Web.Releases.Words;

/// <summary>Sentences with commits in them, for a narrow place: commits are shown short and keep their whole name.</summary>
public static partial class ShaText
{
    /// <summary>The sentence in order; where a piece is a commit, <c>Sha</c> has its 40 digits. The branch of a pin is left out: its place says it.</summary>
    public static IReadOnlyList<(string Text, string? Sha)> Pieces(string sentence)
    {
        var text = Pin().Replace(sentence, ", ${how}").Replace(", 1 new commits", ", 1 new commit", StringComparison.Ordinal);
        List<(string, string?)> pieces = [];
        var at = 0;
        foreach (Match match in Sha().Matches(text))
        {
            if (match.Index > at)
                pieces.Add((text[at..match.Index], null));
            pieces.Add((match.Value, match.Value));
            at = match.Index + match.Length;
        }

        if (at < text.Length)
            pieces.Add((text[at..], null));
        return pieces;
    }

    [GeneratedRegex("[0-9a-f]{40}", RegexOptions.NonBacktracking)]
    private static partial Regex Sha();

    [GeneratedRegex(@" \(head of [^,()]+, (?<how>[^()]+)\)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Pin();
}
