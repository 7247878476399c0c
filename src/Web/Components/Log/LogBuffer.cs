namespace ReleaseDashboard.Web.Components.Log;

/// <param name="Number">From 1.</param>
public sealed record LogLine(int Number, IReadOnlyList<AnsiSpan> Spans)
{
    public string Text => Spans.Count == 1 ? Spans[0].Text : string.Concat(Spans.Select(span => span.Text));
}

/// <summary>The lines of one log, in batches as they come. Safe to append to while pages read.</summary>
public sealed class LogBuffer
{
    private readonly Lock _gate = new();
    private readonly List<LogLine> _lines = [];
    private readonly AnsiParser _parser = new();

    /// <summary>Raised after each batch, on the appender's thread.</summary>
    public event Action? Appended;

    public int Count
    {
        get
        {
            lock (_gate)
                return _lines.Count;
        }
    }

    /// <summary>Adds raw lines, escape sequences included, without their line feeds.</summary>
    public void Append(IEnumerable<string> lines)
    {
        lock (_gate)
        {
            foreach (var line in lines)
                _lines.Add(new LogLine(_lines.Count + 1, _parser.Parse(line)));
        }

        Appended?.Invoke();
    }

    /// <summary>Lines by index from 0; fewer at the end.</summary>
    public IReadOnlyList<LogLine> Slice(int start, int count)
    {
        lock (_gate)
            return start >= _lines.Count ? [] : _lines.GetRange(start, Math.Min(count, _lines.Count - start));
    }

    /// <summary>The numbers of the lines that hold the text, letter case aside, in order; at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<int> Find(string text, int limit)
    {
        if (text.Length == 0)
            return [];
        lock (_gate)
            return [.. _lines.Where(line => line.Text.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(limit).Select(line => line.Number)];
    }
}
