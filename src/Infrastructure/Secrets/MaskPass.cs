using System.Text;

namespace ReleaseDashboard.Infrastructure.Secrets;

/// <summary>
/// Masks one text that arrives in chunks, as it reads in one way. It holds back only what may be the beginning of a secret, so
/// finished lines pass at once.
/// </summary>
/// <param name="mask">What is hidden.</param>
/// <param name="passesEscapes">Whether secrets are looked for as if there were no escape sequences: as a terminal shows the text, instead of as it is stored.</param>
internal sealed class MaskPass(SecretMask mask, bool passesEscapes)
{
    private readonly VisibleText _visible = new(passesEscapes);
    private readonly StringBuilder _held = new();
    private char[] _buffer = [];

    // Visible characters at the start of what is held that belong to a secret already written as "***".
    private int _covered;

    /// <param name="text">The next chunk.</param>
    /// <param name="output">Receives what is decided.</param>
    /// <param name="last">Whether nothing follows, so that nothing is held back any more.</param>
    public void Add(ReadOnlySpan<char> text, StringBuilder output, bool last)
    {
        var raw = Join(text);
        _visible.Read(raw, last);
        var visible = _visible.Characters;
        var hold = last ? visible.Length : HoldFrom(visible, raw);

        var at = 0; // next raw character to write
        var start = 0;
        var end = _covered;
        var search = 0;
        var written = _covered > 0; // the region in hand already has its stars
        while (true)
        {
            var next = search < visible.Length ? mask.Next(visible, search) : (Start: -1, Length: 0);
            if (next.Start >= 0 && next.Start < hold && next.Start < end)
            {
                end = Math.Max(end, next.Start + next.Length);
                search = next.Start + 1;
                continue;
            }

            at = Write(raw, output, at, start, Math.Min(end, hold), written);
            _covered = Math.Max(0, end - hold);
            if (next.Start < 0 || next.Start >= hold) break;
            (start, end, search, written) = (next.Start, next.Start + next.Length, next.Start + 1, false);
        }

        var stop = hold < visible.Length ? _visible.RawIndex(hold) : _visible.Complete;
        output.Append(raw[at..stop]);
        _held.Clear().Append(raw[stop..]);
    }

    /// <summary>Writes up to a secret, then stars in its place, and keeps the colour codes and line ends inside it.</summary>
    private int Write(ReadOnlySpan<char> raw, StringBuilder output, int at, int start, int end, bool written)
    {
        if (end <= start) return at;
        output.Append(raw[at.._visible.RawIndex(start)]);
        if (!written) output.Append(SecretMask.Replacement);
        for (var i = start; i + 1 < end; i++) output.Append(raw[(_visible.RawIndex(i) + 1).._visible.RawIndex(i + 1)]);
        return _visible.RawIndex(end - 1) + 1;
    }

    /// <summary>A finished line is held back only when enough of a secret stands at its end: any line may end in a secret's first letter.</summary>
    private int HoldFrom(ReadOnlySpan<char> visible, ReadOnlySpan<char> raw)
    {
        var hold = mask.PendingFrom(visible);
        if (hold == visible.Length || visible.Length - hold >= SecretForms.MinimumLength) return hold;
        return raw[_visible.RawIndex(hold).._visible.Complete].Contains('\n') ? visible.Length : hold;
    }

    private ReadOnlySpan<char> Join(ReadOnlySpan<char> text)
    {
        var length = _held.Length + text.Length;
        if (_buffer.Length < length) _buffer = new char[length];
        _held.CopyTo(0, _buffer, _held.Length);
        text.CopyTo(_buffer.AsSpan(_held.Length));
        return _buffer.AsSpan(0, length);
    }
}
