using System.Text;

namespace ReleaseDashboard.Web.Components.Log;

public sealed record AnsiSpan(string Text, AnsiStyle Style);

/// <summary>
/// Turns program output into styled spans, line by line; a colour lasts into the next line, as on a terminal.
/// Everything else a terminal would obey (cursor moves, titles, OSC 8 links, bells) is taken out: a log only tells.
/// </summary>
public sealed class AnsiParser
{
    /// <summary>Longer lines are cut, and say so: one line must not hold up a page.</summary>
    public const int MaxLineLength = 16_384;

    private const int MaxCodes = 32;
    private const char Escape = '\u001b';
    private AnsiStyle _style = AnsiStyle.Plain;

    /// <summary>Reads one line without its line feed.</summary>
    public IReadOnlyList<AnsiSpan> Parse(string line)
    {
        // A carriage return rewrites the line (progress bars): only what is written last is left to see.
        line = line.TrimEnd('\r');
        var spans = new List<AnsiSpan>();
        var text = new StringBuilder();
        var length = 0;
        for (var at = 0; at < line.Length;)
        {
            var c = line[at];
            if (c == Escape || c is '\u009b' or '\u009d' or '\u0090')
            {
                Flush();
                at = Sequence(line, at);
                continue;
            }

            at++;
            if (c == '\r')
            {
                text.Clear();
                spans.Clear();
                length = 0;
            }
            else if (c == '\t' || !char.IsControl(c))
            {
                if (IsInvisibleDirection(c))
                    continue;
                if (++length > MaxLineLength)
                {
                    text.Append(" … (line cut)");
                    break;
                }

                text.Append(c);
            }
        }

        Flush();
        return spans;

        void Flush()
        {
            if (text.Length == 0)
                return;
            spans.Add(new AnsiSpan(text.ToString(), _style));
            text.Clear();
        }
    }

    // Overrides of the writing direction can make a command read as another one.
    private static bool IsInvisibleDirection(char c) => c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    // Returns the index after the sequence that starts at "at". One that is not ended takes the rest of the line.
    private int Sequence(string line, int at)
    {
        var kind = line[at] switch { '\u009b' => '[', '\u009d' => ']', '\u0090' => 'P', _ => at + 1 < line.Length ? line[at + 1] : '\0' };
        var body = line[at] == Escape ? at + 2 : at + 1;
        return kind switch
        {
            '\0' => line.Length,
            '[' => Control(line, body),
            ']' or 'P' or 'X' or '^' or '_' => StringEnd(line, body),
            >= ' ' and <= '/' => Math.Min(line.Length, body + 1),
            _ => Math.Min(line.Length, body),
        };
    }

    private int Control(string line, int at)
    {
        var end = at;
        while (end < line.Length && line[end] is >= ' ' and <= '?')
            end++;
        if (end >= line.Length)
            return line.Length;
        // Private parameters ("?25l", ">4m") are no colours.
        if (line[end] == 'm' && (end == at || line[at] is not ('<' or '=' or '>' or '?')))
            _style = SgrReader.Apply(_style, Codes(line.AsSpan(at, end - at)));
        return end + 1;
    }

    private static int[] Codes(ReadOnlySpan<char> parameters)
    {
        if (parameters.IsEmpty)
            return [];
        var codes = new List<int>();
        foreach (var range in parameters.SplitAny(';', ':'))
        {
            var part = parameters[range];
            // An empty parameter is 0; one that is no small number changes nothing.
            codes.Add(part.IsEmpty ? 0 : int.TryParse(part, System.Globalization.NumberStyles.None, null, out var code) ? code : int.MaxValue);
            if (codes.Count == MaxCodes)
                break;
        }

        return [.. codes];
    }

    private static int StringEnd(string line, int at)
    {
        for (; at < line.Length; at++)
        {
            if (line[at] is '\a' or '\u009c')
                return at + 1;
            if (line[at] == Escape)
                return at + 1 < line.Length && line[at + 1] == '\\' ? at + 2 : at;
        }

        return line.Length;
    }
}
