using System.Text;

namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>The first characters of standard output, kept for parsing.</summary>
internal sealed class BoundedCapture(int limit)
{
    private readonly StringBuilder _text = new();

    public bool Cut { get; private set; }

    public void Add(ReadOnlySpan<char> text)
    {
        var room = limit - _text.Length;
        _text.Append(text[..Math.Min(room, text.Length)]);
        Cut |= text.Length > room;
    }

    public override string ToString() => _text.ToString();
}
