namespace ReleaseDashboard.Core.Diffs;

/// <summary>
/// Myers' greedy search for the shortest edit script. Texts that differ in more lines than <see cref="MaximumEdits"/>
/// are shown as replaced as a whole: nobody reads such a diff, and the search would take quadratic memory.
/// </summary>
internal static class LineScript
{
    private const int MaximumEdits = 2_000;

    public static List<DiffLine> Between(string[] before, string[] after)
    {
        var shorter = Math.Min(before.Length, after.Length);
        var head = CommonLength(before, after, fromEnd: false, limit: shorter);
        var tail = CommonLength(before, after, fromEnd: true, limit: shorter - head);
        var kept = Search(before.AsSpan(head..^tail), after.AsSpan(head..^tail));
        var pairs = Enumerable.Range(0, head).Select(i => (Old: i, New: i))
            .Concat(kept.Select(pair => (Old: pair.Old + head, New: pair.New + head)))
            .Concat(Enumerable.Range(1, tail).Reverse().Select(i => (Old: before.Length - i, New: after.Length - i)));
        var lines = new List<DiffLine>();
        var (oldAt, newAt) = (0, 0);
        foreach (var pair in pairs)
        {
            ReplaceUpTo(pair);
            lines.Add(new DiffLine(LineChange.Same, ++oldAt, ++newAt, after[pair.New], []));
        }
        ReplaceUpTo((before.Length, after.Length));
        return lines;

        void ReplaceUpTo((int Old, int New) end)
        {
            for (; oldAt < end.Old; oldAt++)
                lines.Add(new DiffLine(LineChange.Removed, oldAt + 1, null, before[oldAt], []));
            for (; newAt < end.New; newAt++)
                lines.Add(new DiffLine(LineChange.Added, null, newAt + 1, after[newAt], []));
        }
    }

    private static int CommonLength(string[] before, string[] after, bool fromEnd, int limit)
    {
        var length = 0;
        while (length < limit && before[fromEnd ? before.Length - 1 - length : length] == after[fromEnd ? after.Length - 1 - length : length])
            length++;
        return length;
    }

    /// <summary>Pairs of equal lines that stay, in order.</summary>
    private static List<(int Old, int New)> Search(ReadOnlySpan<string> before, ReadOnlySpan<string> after)
    {
        var rows = new List<int[]>();
        var reach = new int[(2 * MaximumEdits) + 3];
        for (var edits = 0; edits <= Math.Min(before.Length + after.Length, MaximumEdits); edits++)
        {
            // Row N holds how far each diagonal came with N-1 edits, diagonals -N..N.
            rows.Add(reach[(MaximumEdits + 1 - edits)..(MaximumEdits + 2 + edits)]);
            for (var diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                var at = MaximumEdits + 1 + diagonal;
                var down = diagonal == -edits || (diagonal != edits && reach[at - 1] < reach[at + 1]);
                var x = down ? reach[at + 1] : reach[at - 1] + 1;
                while (x < before.Length && x - diagonal < after.Length && before[x] == after[x - diagonal])
                    x++;
                reach[at] = x;
                if (x >= before.Length && x - diagonal >= after.Length)
                    return Walk(rows, before.Length, after.Length);
            }
        }
        return [];
    }

    // From the end back to the start: each edit came from one diagonal, the rest of the way were equal lines.
    private static List<(int Old, int New)> Walk(List<int[]> rows, int x, int y)
    {
        var kept = new List<(int Old, int New)>();
        for (var edits = rows.Count - 1; edits >= 0; edits--)
        {
            var row = rows[edits];
            var diagonal = x - y;
            var down = diagonal == -edits || (diagonal != edits && row[edits + diagonal - 1] < row[edits + diagonal + 1]);
            var from = down ? diagonal + 1 : diagonal - 1;
            var startX = edits == 0 ? 0 : row[edits + from];
            var startY = edits == 0 ? 0 : startX - from;
            var afterEdit = edits == 0 ? (0, 0) : down ? (startX, startY + 1) : (startX + 1, startY);
            while (x > afterEdit.Item1 && y > afterEdit.Item2)
                kept.Add((--x, --y));
            (x, y) = (startX, startY);
        }
        kept.Reverse();
        return kept;
    }
}
