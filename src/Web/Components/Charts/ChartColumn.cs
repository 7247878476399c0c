using ReleaseDashboard.Web.Components.State;

namespace ReleaseDashboard.Web.Components.Charts;

/// <summary>A column of a chart over releases or months.</summary>
/// <param name="Label">Below it: a version, or a month.</param>
/// <param name="Group">A second line below it, where it differs from the column before; null for none.</param>
/// <param name="Parts">From the bottom up, in the order of the chart's series.</param>
/// <param name="Value">Above it, and in the table.</param>
/// <param name="Description">What it stands for, for the pointer and for readers of the table.</param>
/// <param name="Mark">Shown above it when it did not end well.</param>
public sealed record ChartColumn(string Label, string? Group, IReadOnlyList<double> Parts, string Value, string Description, GlyphState? Mark = null)
{
    public double Total => Parts.Sum();
}
