namespace ReleaseDashboard.Web.Components.Diff;

/// <summary>A line in three parts: what stayed at the left, what changed, what stayed at the right.</summary>
public sealed record MarkedText(string Before, string Changed, string After);

/// <summary>Finds what changed inside lines that replace each other.</summary>
public static class IntraLine
{
    /// <summary>The marks by line; only for runs where as many lines were added as removed, and that share something.</summary>
    public static IReadOnlyDictionary<DiffLine, MarkedText> Marks(DiffHunk hunk)
    {
        var marks = new Dictionary<DiffLine, MarkedText>(ReferenceEqualityComparer.Instance);
        var lines = hunk.Lines;
        for (var at = 0; at < lines.Count;)
        {
            var removed = Run(lines, at, DiffLineKind.Removed);
            var added = Run(lines, at + removed, DiffLineKind.Added);
            if (removed > 0 && removed == added)
            {
                for (var i = 0; i < removed; i++)
                    Mark(marks, lines[at + i], lines[at + removed + i]);
            }

            at += Math.Max(1, removed + added);
        }

        return marks;
    }

    private static void Mark(Dictionary<DiffLine, MarkedText> marks, DiffLine old, DiffLine now)
    {
        var shorter = Math.Min(old.Text.Length, now.Text.Length);
        var left = old.Text.AsSpan().CommonPrefixLength(now.Text);
        if (left > 0 && left < shorter && char.IsHighSurrogate(old.Text[left - 1]))
            left--;
        var right = 0;
        while (right < shorter - left && old.Text[^(right + 1)] == now.Text[^(right + 1)])
            right++;
        if (right > 0 && char.IsLowSurrogate(old.Text[^right]))
            right--;

        // Lines with little in common are a rewrite: marking nearly all of them says nothing.
        if ((left + right) * 3 < shorter)
            return;
        marks[old] = Split(old.Text, left, right);
        marks[now] = Split(now.Text, left, right);
    }

    private static MarkedText Split(string text, int left, int right) => new(text[..left], text[left..^right], text[^right..]);

    private static int Run(IReadOnlyList<DiffLine> lines, int from, DiffLineKind kind)
    {
        var end = from;
        while (end < lines.Count && lines[end].Kind == kind)
            end++;
        return end - from;
    }
}
