using System.Globalization;

namespace ReleaseDashboard.Web.Components.People;

public static class Initials
{
    /// <summary>Two capital letters: of the first and last word, or the first two letters of a single word.</summary>
    public static string Of(string name)
    {
        var words = name.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var text = words switch
        {
            [] => "?",
            [var one] => string.Concat(Elements(one).Take(2)),
            _ => string.Concat(Elements(words[0]).Take(1).Concat(Elements(words[^1]).Take(1))),
        };
        return text.ToUpperInvariant();
    }

    // Text elements, not chars: half of a surrogate pair is not a letter.
    private static IEnumerable<string> Elements(string word)
    {
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }
}
