using System.Text;

namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>Cuts text into lines: LF and CR LF end a line, a lone CR starts it again (as progress bars expect).</summary>
internal sealed class LineBuilder(int limit)
{
    /// <summary>Longest line kept, in characters.</summary>
    public const int DefaultLimit = 16 * 1024;

    private readonly StringBuilder _line = new();
    private long _dropped;
    private bool _afterReturn;

    public void Add(ReadOnlySpan<char> text, List<string> lines)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny('\r', '\n');
            var part = end < 0 ? text : text[..end];
            if (!part.IsEmpty) Append(part);
            if (end < 0) return;
            if (text[end] == '\n') lines.Add(Take());
            else _afterReturn = true;
            text = text[(end + 1)..];
        }
    }

    /// <summary>The last line, when the program ended without a line end.</summary>
    public void Finish(List<string> lines)
    {
        if (_line.Length > 0) lines.Add(Take());
    }

    private void Append(ReadOnlySpan<char> part)
    {
        if (_afterReturn) Clear();
        var room = limit - _line.Length;
        _line.Append(part[..Math.Min(room, part.Length)]);
        _dropped += Math.Max(0, part.Length - room);
    }

    private string Take()
    {
        var line = _dropped == 0 ? _line.ToString() : $"{_line} [{_dropped} more characters]";
        Clear();
        return line;
    }

    private void Clear()
    {
        _line.Clear();
        _dropped = 0;
        _afterReturn = false;
    }
}
