namespace ReleaseDashboard.Core.Diffs;

/// <summary>
/// What changed between two texts, line by line (Myers' algorithm: the fewest lines added and removed). Lines end at
/// <c>\n</c>; a <c>\r</c> before it belongs to the line, so a change of line ends shows.
/// </summary>
public sealed class LineDiff
{
    private LineDiff(IReadOnlyList<DiffLine> lines) => Lines = lines;

    /// <summary>All lines of both texts in reading order, unchanged ones once. Removed lines stand before the added ones.</summary>
    public IReadOnlyList<DiffLine> Lines { get; }

    public int Added => Lines.Count(line => line.Change == LineChange.Added);

    public int Removed => Lines.Count(line => line.Change == LineChange.Removed);

    public bool IsEmpty => Lines.All(line => line.Change == LineChange.Same);

    public static LineDiff Between(string before, string after) =>
        new(ChangedSpans.Mark(LineScript.Between(Split(before), Split(after))));

    /// <summary>The changes with some unchanged lines around them; changes closer than that share a hunk.</summary>
    /// <param name="context">Unchanged lines to show before and after, from 0.</param>
    public IReadOnlyList<DiffHunk> Hunks(int context = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(context);
        var hunks = new List<DiffHunk>();
        var start = -1;
        var end = -1;
        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Change == LineChange.Same)
                continue;
            if (start >= 0 && i - context > end)
            {
                hunks.Add(new DiffHunk([.. Lines.Take(start..end)]));
                start = -1;
            }
            start = start < 0 ? Math.Max(0, i - context) : start;
            end = (int)Math.Min(Lines.Count, i + 1L + context);
        }
        if (start >= 0)
            hunks.Add(new DiffHunk([.. Lines.Take(start..end)]));
        return hunks;
    }

    /// <summary>The second text, from the first one and this diff. Throws when the diff was made from another text.</summary>
    public string Apply(string before)
    {
        var old = Split(before);
        var kept = Lines.Where(line => line.Change != LineChange.Added).Select(line => line.Text);
        if (!old.SequenceEqual(kept))
            throw new ArgumentException("This diff was made from another text.", nameof(before));
        return string.Join('\n', Lines.Where(line => line.Change != LineChange.Removed).Select(line => line.Text));
    }

    // The empty piece after a last line end counts as a line: a missing line end at the end of a file is a change too.
    private static string[] Split(string text) => text.Split('\n');
}
