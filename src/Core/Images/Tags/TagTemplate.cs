using System.Text;
using System.Text.RegularExpressions;

namespace ReleaseDashboard.Core.Images.Tags;

/// <summary>One template of a tag, such as <c>{version}-{variant}</c>, cut into fixed text and placeholders.</summary>
internal sealed partial record TagTemplate(string Text, IReadOnlyList<TagTemplate.Part> Parts)
{
    internal sealed record Part(string Text, bool IsPlaceholder);

    public static IReadOnlyList<string> Placeholders { get; } = ["version", "branch", "commit", "variant"];

    public static TagTemplate Parse(string text)
    {
        var parts = new List<Part>();
        var end = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            if (match.Index > end)
                parts.Add(new Part(text[end..match.Index], false));
            parts.Add(new Part(match.Groups["name"].Value, true));
            end = match.Index + match.Length;
        }
        if (end < text.Length)
            parts.Add(new Part(text[end..], false));
        return new TagTemplate(text, parts);
    }

    /// <summary>How many things of the git context it names: the more, the more specific.</summary>
    public int Specificity => Parts.Count(part => part is { IsPlaceholder: true, Text: not "variant" });

    public bool Names(string placeholder) => Parts.Any(part => part.IsPlaceholder && part.Text == placeholder);

    public IEnumerable<string> UnknownPlaceholders => Parts.Where(part => part.IsPlaceholder && !Placeholders.Contains(part.Text)).Select(part => part.Text);

    /// <summary>Its fixed text, to see whether a tag may hold it.</summary>
    public string FixedText => string.Concat(Parts.Where(part => !part.IsPlaceholder).Select(part => part.Text));

    /// <summary>The text with every placeholder replaced; null when one has no value.</summary>
    public string? Fill(Func<string, string?> value)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            if ((part.IsPlaceholder ? value(part.Text) : part.Text) is not { } piece)
                return null;
            text.Append(piece);
        }
        return text.ToString();
    }

    /// <summary>Whether this template could have made a tag for a variant, in whatever git context.</summary>
    public bool CouldMake(string tag, string variant) => Regex.IsMatch(
        tag,
        "^" + string.Concat(Parts.Select(part => part switch
        {
            { IsPlaceholder: false } => Regex.Escape(part.Text),
            { Text: "variant" } => Regex.Escape(SafeText.Of(variant)),
            _ => "[A-Za-z0-9_.-]+",
        })) + "$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [GeneratedRegex("\\{(?<name>[^{}]*)\\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
