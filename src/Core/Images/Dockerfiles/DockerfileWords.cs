using System.Text;
using System.Text.Json;

namespace ReleaseDashboard.Core.Images.Dockerfiles;

/// <summary>Cuts the text of an instruction into words; quotes stay in them.</summary>
internal static class DockerfileWords
{
    /// <summary>Words between white space; white space in quotes, after an escape or inside <c>${…}</c> belongs to its word.</summary>
    public static IReadOnlyList<string> Split(string text, char escape)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote == '\0' && depth == 0 && char.IsWhiteSpace(c))
            {
                Take(word, words);
                continue;
            }
            word.Append(c);
            if (c == escape && quote != '\'' && i + 1 < text.Length)
                word.Append(text[++i]);
            else if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '{' && i > 0 && text[i - 1] == '$')
                depth++;
            else if (c == '}' && depth > 0)
                depth--;
        }
        Take(word, words);
        return words;
    }

    /// <summary>The words of the form <c>["a", "b"]</c>; null when the text is not of it, and then it is of the shell's form.</summary>
    public static IReadOnlyList<string>? Json(string text)
    {
        if (!text.StartsWith('['))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(text) is { } words && words.All(word => word is not null) ? words : null;
        }
        catch (JsonException)
        {
            // Builders take what is no list of texts for a shell command, and so does this.
            return null;
        }
    }

    private static void Take(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
            words.Add(word.ToString());
        word.Clear();
    }
}
