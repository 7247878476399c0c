using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Core.Images;

/// <summary>A tag of an image: at most 128 letters, digits, dots, dashes and underscores, beginning with none of dot and dash.</summary>
public sealed record ImageTag
{
    private const int Longest = 128;

    private ImageTag(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageTag? tag, [NotNullWhen(false)] out string? fault)
    {
        fault = string.IsNullOrEmpty(text) ? "A tag is needed."
            : text.Length > Longest ? $"A tag has at most {Longest} characters."
            : text[0] is '.' or '-' || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
                ? $"'{text}' is not a tag: letters, digits, '.', '-' and '_' are, and the first is no '.' or '-'."
            : null;
        tag = fault is null ? new ImageTag(text!) : null;
        return tag is not null;
    }

    public static ImageTag Parse(string text) => TryParse(text, out var tag, out var fault) ? tag : throw new FormatException(fault);

    public override string ToString() => Value;
}
