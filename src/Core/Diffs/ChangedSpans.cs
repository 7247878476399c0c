namespace ReleaseDashboard.Core.Diffs;

/// <summary>
/// Marks what differs inside lines that replace each other: as many removed as added lines in a row are taken as pairs.
/// One span a line, between the common start and the common end, is enough to see a changed version number.
/// </summary>
internal static class ChangedSpans
{
    public static IReadOnlyList<DiffLine> Mark(List<DiffLine> lines)
    {
        var at = 0;
        while (at < lines.Count)
        {
            var removed = Run(lines, at, LineChange.Removed);
            var added = Run(lines, at + removed, LineChange.Added);
            if (removed == added)
                for (var i = at; i < at + removed; i++)
                    MarkPair(lines, i, i + removed);
            at += Math.Max(1, removed + added);
        }
        return lines;
    }

    private static int Run(List<DiffLine> lines, int from, LineChange change)
    {
        var length = 0;
        while (from + length < lines.Count && lines[from + length].Change == change)
            length++;
        return length;
    }

    private static void MarkPair(List<DiffLine> lines, int oldIndex, int newIndex)
    {
        var (before, after) = (lines[oldIndex].Text, lines[newIndex].Text);
        var shorter = Math.Min(before.Length, after.Length);
        var head = before.AsSpan().CommonPrefixLength(after);
        // Half of a surrogate pair is no character: never cut between the two.
        if (head > 0 && char.IsHighSurrogate(before[head - 1]))
            head--;
        var tail = 0;
        while (tail < shorter - head && before[^(tail + 1)] == after[^(tail + 1)])
            tail++;
        if (tail > 0 && char.IsLowSurrogate(before[^tail]))
            tail--;
        // Lines with nothing in common but blanks are different lines, not one changed line.
        if (string.IsNullOrWhiteSpace(before[..head] + before[^tail..]))
            return;
        lines[oldIndex] = lines[oldIndex] with { Changed = Spans(head, before.Length - head - tail) };
        lines[newIndex] = lines[newIndex] with { Changed = Spans(head, after.Length - head - tail) };
    }

    private static IReadOnlyList<TextSpan> Spans(int start, int length) => length == 0 ? [] : [new TextSpan(start, length)];
}
