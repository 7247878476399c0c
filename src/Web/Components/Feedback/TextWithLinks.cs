using System.Text.RegularExpressions;

namespace ReleaseDashboard.Web.Components.Feedback;

/// <summary>A piece of a text: plain, or a web address.</summary>
public sealed record TextPart(string Text, string? Url);

/// <summary>Finds the web addresses in a plain text. Only http and https become links, whatever else the text holds.</summary>
public static partial class TextWithLinks
{
    public static IReadOnlyList<TextPart> Split(string text)
    {
        var parts = new List<TextPart>();
        var at = 0;
        foreach (var match in Address().EnumerateMatches(text))
        {
            // The sentence's own stop is no part of the address.
            var found = text.Substring(match.Index, match.Length).TrimEnd('.', ',', ';', ':', ')', '\'', '"', '!', '?');
            if (match.Index > at)
                parts.Add(new TextPart(text[at..match.Index], null));
            parts.Add(new TextPart(found, Uri.TryCreate(found, UriKind.Absolute, out _) ? found : null));
            at = match.Index + found.Length;
        }
        if (at < text.Length)
            parts.Add(new TextPart(text[at..], null));
        return parts;
    }

    [GeneratedRegex("https?://[^\\s<>\"`]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
