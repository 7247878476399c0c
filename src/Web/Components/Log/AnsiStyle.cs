using System.Globalization;

namespace ReleaseDashboard.Web.Components.Log;

/// <summary>A colour as a terminal names it: one of 16 by number, or red, green and blue.</summary>
public readonly record struct AnsiColor(int Value, bool IsRgb)
{
    public static AnsiColor Palette(int index) => new(index, false);

    public static AnsiColor Rgb(int red, int green, int blue) => new((red << 16) | (green << 8) | blue, true);
}

/// <summary>How a piece of log text looks. Only numbers go into the page, never text from the log.</summary>
public sealed record AnsiStyle
{
    public static readonly AnsiStyle Plain = new();

    public AnsiColor? Ink { get; init; }

    public AnsiColor? Paper { get; init; }

    public bool Bold { get; init; }

    public bool Dim { get; init; }

    public bool Italic { get; init; }

    public bool Underline { get; init; }

    public bool Struck { get; init; }

    public bool Inverse { get; init; }

    /// <summary>Class names for what the style sheet knows; null for plain text.</summary>
    public string? Classes
    {
        get
        {
            var (ink, paper) = Inverse ? (Paper, Ink) : (Ink, Paper);
            var classes = new List<string>();
            if (Inverse)
                classes.Add("inv");
            if (ink is { IsRgb: false } i)
                classes.Add("f" + i.Value.ToString(CultureInfo.InvariantCulture));
            if (paper is { IsRgb: false } p)
                classes.Add("p" + p.Value.ToString(CultureInfo.InvariantCulture));
            if (Bold)
                classes.Add("bold");
            if (Dim)
                classes.Add("dim");
            if (Italic)
                classes.Add("it");
            if (Underline)
                classes.Add("un");
            if (Struck)
                classes.Add("st");
            return classes.Count == 0 ? null : string.Join(' ', classes);
        }
    }

    /// <summary>A style attribute for colours outside the palette; null when there are none.</summary>
    public string? Css
    {
        get
        {
            var (ink, paper) = Inverse ? (Paper, Ink) : (Ink, Paper);
            var css = (ink is { IsRgb: true } i ? $"color:#{i.Value:x6};" : "") + (paper is { IsRgb: true } p ? $"background:#{p.Value:x6}" : "");
            return css.Length == 0 ? null : css;
        }
    }
}
