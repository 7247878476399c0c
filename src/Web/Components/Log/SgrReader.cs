namespace ReleaseDashboard.Web.Components.Log;

/// <summary>Reads the parameters of "select graphic rendition", the sequence that colours terminal text.</summary>
public static class SgrReader
{
    private static readonly int[] CubeLevels = [0, 95, 135, 175, 215, 255];

    /// <summary>The style after the parameters; what is unknown or cut short is passed over.</summary>
    public static AnsiStyle Apply(AnsiStyle style, ReadOnlySpan<int> codes)
    {
        if (codes.IsEmpty)
            return AnsiStyle.Plain;
        for (var at = 0; at < codes.Length; at++)
        {
            var code = codes[at];
            if (code is 38 or 48)
            {
                var color = Extended(codes[(at + 1)..], out var used);
                at += used;
                if (color is not null)
                    style = code == 38 ? style with { Ink = color } : style with { Paper = color };
            }
            else
            {
                style = Simple(style, code);
            }
        }

        return style;
    }

    private static AnsiStyle Simple(AnsiStyle style, int code) => code switch
    {
        0 => AnsiStyle.Plain,
        1 => style with { Bold = true },
        2 => style with { Dim = true },
        3 => style with { Italic = true },
        4 => style with { Underline = true },
        7 => style with { Inverse = true },
        9 => style with { Struck = true },
        22 => style with { Bold = false, Dim = false },
        23 => style with { Italic = false },
        24 => style with { Underline = false },
        27 => style with { Inverse = false },
        29 => style with { Struck = false },
        39 => style with { Ink = null },
        49 => style with { Paper = null },
        >= 30 and <= 37 => style with { Ink = AnsiColor.Palette(code - 30) },
        >= 40 and <= 47 => style with { Paper = AnsiColor.Palette(code - 40) },
        >= 90 and <= 97 => style with { Ink = AnsiColor.Palette(code - 82) },
        >= 100 and <= 107 => style with { Paper = AnsiColor.Palette(code - 92) },
        _ => style,
    };

    private static AnsiColor? Extended(ReadOnlySpan<int> rest, out int used)
    {
        switch (rest)
        {
            case [5, var index, ..]:
                used = 2;
                return FromTable(index);
            case [2, var red, var green, var blue, ..]:
                used = 4;
                return red > 255 || green > 255 || blue > 255 ? null : AnsiColor.Rgb(red, green, blue);
            default:
                used = rest.Length;
                return null;
        }
    }

    // The 256 colours: 16 named ones, a cube of 6 by 6 by 6, and 24 greys.
    private static AnsiColor? FromTable(int index)
    {
        if (index < 16)
            return AnsiColor.Palette(index);
        if (index < 232)
            return AnsiColor.Rgb(CubeLevels[(index - 16) / 36], CubeLevels[(index - 16) / 6 % 6], CubeLevels[(index - 16) % 6]);
        var grey = 8 + ((index - 232) * 10);
        return index > 255 ? null : AnsiColor.Rgb(grey, grey, grey);
    }
}
