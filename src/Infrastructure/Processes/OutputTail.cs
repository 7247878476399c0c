namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>The last lines of a run.</summary>
internal sealed class OutputTail
{
    private const int Size = 40;
    private readonly Queue<string> _lines = new(Size);

    public void Add(IReadOnlyList<string> lines)
    {
        for (var i = Math.Max(0, lines.Count - Size); i < lines.Count; i++)
        {
            if (_lines.Count == Size) _lines.Dequeue();
            _lines.Enqueue(lines[i]);
        }
    }

    public IReadOnlyList<string> Lines() => [.. _lines];
}
