namespace ReleaseDashboard.Core.Diffs;

/// <summary>What happened to a line.</summary>
public enum LineChange
{
    Same,
    Removed,
    Added,
}

/// <summary>A line of a diff.</summary>
/// <param name="OldNumber">Its number in the first text from 1; null when added.</param>
/// <param name="NewNumber">Its number in the second text from 1; null when removed.</param>
/// <param name="Text">Without the line end.</param>
/// <param name="Changed">The parts that differ from the line it replaces or is replaced by; empty when there is none such.</param>
public sealed record DiffLine(LineChange Change, int? OldNumber, int? NewNumber, string Text, IReadOnlyList<TextSpan> Changed);

/// <summary>A part of a line, in characters from 0.</summary>
public sealed record TextSpan(int Start, int Length);

/// <summary>Neighbouring lines of a diff, with at least one change among them.</summary>
public sealed record DiffHunk(IReadOnlyList<DiffLine> Lines)
{
    /// <summary>The numbers of the first lines and the counts, as unified diffs write them: <c>@@ -12,7 +12,7 @@</c>.</summary>
    public string Header => $"@@ -{Range(Lines.Select(line => line.OldNumber))} +{Range(Lines.Select(line => line.NewNumber))} @@";

    private static string Range(IEnumerable<int?> numbers)
    {
        var present = numbers.OfType<int>().ToList();
        return present.Count == 0 ? "0,0" : $"{present[0]},{present.Count}";
    }
}
