namespace ReleaseDashboard.Web.Components.Diff;

public enum DiffLineKind
{
    Context, Removed, Added,
}

/// <param name="OldNumber">Line number before; null for an added line.</param>
/// <param name="NewNumber">Line number after; null for a removed line.</param>
public sealed record DiffLine(DiffLineKind Kind, int? OldNumber, int? NewNumber, string Text);

/// <param name="Header">"@@ -11,4 +11,4 @@ class ConstantConfig:"</param>
public sealed record DiffHunk(string Header, IReadOnlyList<DiffLine> Lines);

/// <param name="OldPath">Where it was, when it moved.</param>
public sealed record DiffFile(string Path, IReadOnlyList<DiffHunk> Hunks, string? OldPath = null, bool IsBinary = false)
{
    public int Added => Hunks.Sum(hunk => hunk.Lines.Count(line => line.Kind == DiffLineKind.Added));

    public int Removed => Hunks.Sum(hunk => hunk.Lines.Count(line => line.Kind == DiffLineKind.Removed));
}
