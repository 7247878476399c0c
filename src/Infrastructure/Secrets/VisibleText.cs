namespace ReleaseDashboard.Infrastructure.Secrets;

/// <summary>A text without line ends and, where wanted, ANSI escape sequences, with the way back to the raw text.</summary>
internal sealed class VisibleText(bool withoutEscapes)
{
    // A longer run is no escape sequence but a stray ESC.
    private const int LongestEscape = 256;

    private char[] _characters = [];
    private int[] _raw = [];
    private int _count;

    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, _count);

    /// <summary>Raw length read; an unfinished escape sequence at the end is left for the next chunk.</summary>
    public int Complete { get; private set; }

    public int RawIndex(int visible) => _raw[visible];

    public void Read(ReadOnlySpan<char> raw, bool last)
    {
        if (_characters.Length < raw.Length) (_characters, _raw) = (new char[raw.Length], new int[raw.Length]);
        _count = 0;
        var i = 0;
        while (i < raw.Length)
        {
            var c = raw[i];
            if (c == '\u001b' && withoutEscapes)
            {
                var length = EscapeLength(raw[i..]);
                if (length == 0 && !last) break;
                i += Math.Max(length, 1);
                continue;
            }

            if (c is not ('\n' or '\r'))
            {
                _characters[_count] = c;
                _raw[_count++] = i;
            }

            i++;
        }

        Complete = i;
    }

    /// <summary>0 when the sequence may go on in the next chunk; 1 for a stray ESC.</summary>
    private static int EscapeLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2) return 0;
        var operatingSystem = text[1] == ']'; // window titles and links, ended by BEL or ESC \
        if (text[1] is >= ' ' and <= '/') return CharacterSetLength(text);
        if (text[1] is not ('[' or ']')) return text[1] is (>= '@' and <= '_') or '7' or '8' or '=' or '>' ? 2 : 1;
        for (var i = 2; i < text.Length && i < LongestEscape; i++)
        {
            if (operatingSystem && text[i] == '\u0007') return i + 1;
            if (operatingSystem && text[i] == '\\' && text[i - 1] == '\u001b') return i + 1;
            if (!operatingSystem && text[i] is >= '@' and <= '~') return i + 1;
            if (!operatingSystem && text[i] is < ' ' or > '~') return operatingSystem ? 1 : i; // broken off
        }

        return text.Length >= LongestEscape ? 1 : 0;
    }

    /// <summary>A choice of characters, such as the <c>ESC ( B</c> that many terminals' "back to normal" begins with.</summary>
    private static int CharacterSetLength(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length && i < LongestEscape; i++)
            if (text[i] is < ' ' or > '/') return text[i] is >= '0' and <= '~' ? i + 1 : 1;
        return text.Length >= LongestEscape ? 1 : 0;
    }
}
