namespace ReleaseDashboard.Web.Components.Log;

/// <param name="Marked">True for what the search found.</param>
public sealed record LogPiece(string Text, AnsiStyle Style, bool Marked);

public static class LogRow
{
    /// <summary>A line's spans, cut where the searched text starts and ends, also across colours.</summary>
    public static IEnumerable<LogPiece> Pieces(LogLine line, string search)
    {
        if (search.Length == 0)
            return line.Spans.Select(span => new LogPiece(span.Text, span.Style, false));

        var text = line.Text;
        var hits = new List<(int Start, int End)>();
        for (var at = text.IndexOf(search, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(search, at + search.Length, StringComparison.OrdinalIgnoreCase))
            hits.Add((at, at + search.Length));
        return Cut(line, hits);
    }

    private static IEnumerable<LogPiece> Cut(LogLine line, List<(int Start, int End)> hits)
    {
        var offset = 0;
        foreach (var span in line.Spans)
        {
            var edges = hits.SelectMany(hit => new[] { hit.Start, hit.End }).Where(edge => edge > offset && edge < offset + span.Text.Length)
                .Append(offset).Append(offset + span.Text.Length).Distinct().Order().ToList();
            foreach (var (from, to) in edges.Zip(edges.Skip(1)))
                yield return new LogPiece(span.Text[(from - offset)..(to - offset)], span.Style, hits.Exists(hit => hit.Start <= from && to <= hit.End));
            offset += span.Text.Length;
        }
    }
}
