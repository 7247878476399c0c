using ReleaseDashboard.Core.Diffs;
using ReleaseDashboard.Infrastructure.Preparation.Plans;
using ReleaseDashboard.Web.Components.Diff;
using DiffHunk = ReleaseDashboard.Web.Components.Diff.DiffHunk;
using DiffLine = ReleaseDashboard.Web.Components.Diff.DiffLine;

namespace ReleaseDashboard.Web.NewRelease.Plan;

/// <summary>Planned file changes as the diff view shows them.</summary>
public static class PlanDiffs
{
    public static DiffFile Of(PlannedFile file) =>
        new(file.Path, [.. file.Diff.Hunks(2).Select(hunk => new DiffHunk(hunk.Header, [.. hunk.Lines.Select(Line)]))]);

    private static DiffLine Line(Core.Diffs.DiffLine line) => new(
        line.Change switch
        {
            LineChange.Added => DiffLineKind.Added,
            LineChange.Removed => DiffLineKind.Removed,
            _ => DiffLineKind.Context,
        },
        line.OldNumber,
        line.NewNumber,
        line.Text);
}
