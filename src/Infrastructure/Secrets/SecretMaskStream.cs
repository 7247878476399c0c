using System.Text;

namespace ReleaseDashboard.Infrastructure.Secrets;

/// <summary>
/// Masks one text that arrives in chunks. Escape sequences are looked at twice: a secret may be cut by them, so that only a terminal shows
/// it whole, and it may stand inside one, as in the address of a link or the title of a window, so that only the stored text has it.
/// </summary>
public sealed class SecretMaskStream
{
    private readonly bool _isIdle;
    private readonly MaskPass _shown;
    private readonly MaskPass _stored;
    private readonly StringBuilder _between = new();

    // Without an escape sequence both ways to read the text are the same, and one pass is enough.
    private bool _hasEscapes;

    internal SecretMaskStream(SecretMask mask) =>
        (_isIdle, _shown, _stored) = (mask.Longest == 0, new MaskPass(mask, passesEscapes: true), new MaskPass(mask, passesEscapes: false));

    public void Add(ReadOnlySpan<char> text, StringBuilder output)
    {
        if (_isIdle) output.Append(text);
        else Process(text, output, last: false);
    }

    /// <summary>Writes what was held back. Call once, at the end of the text.</summary>
    public void Finish(StringBuilder output)
    {
        if (!_isIdle) Process([], output, last: true);
    }

    private void Process(ReadOnlySpan<char> text, StringBuilder output, bool last)
    {
        _hasEscapes = _hasEscapes || text.Contains('\u001b');
        if (!_hasEscapes)
        {
            _shown.Add(text, output, last);
            return;
        }

        _shown.Add(text, _between, last);
        foreach (var chunk in _between.GetChunks()) _stored.Add(chunk.Span, output, last: false);
        _between.Clear();
        if (last) _stored.Add([], output, last: true);
    }
}
