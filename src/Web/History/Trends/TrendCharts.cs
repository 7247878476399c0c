using System.Globalization;
using ReleaseDashboard.Core.History;
using ReleaseDashboard.Web.Components.Charts;
using ReleaseDashboard.Web.Components.State;
using ReleaseDashboard.Web.Components.Text;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.History.Trends;

/// <summary>Turns figures into columns.</summary>
internal static class TrendCharts
{
    /// <summary>More columns than this cannot be read.</summary>
    private const int MaximumColumns = 40;

    /// <summary>One column a release, in minutes by stage.</summary>
    public static IReadOnlyList<ChartColumn> ByRelease(Core.History.Trends trends, BrowserTimeProvider clock) =>
    [
        .. trends.Releases.TakeLast(MaximumColumns).Select(release => new ChartColumn(
            release.Version,
            Month(clock.ToLocal(release.FinishedAt)),
            [.. Core.History.Trends.ByStage(release, trends.StageTitles).Select(part => part.TotalSeconds)],
            Brief(release.Lead),
            $"{release.Project} {release.Version}, {(release.IsPublished ? "published" : "aborted")}, {DurationText.Full(release.Lead)}",
            release.IsPublished ? null : GlyphState.Aborted)),
    ];

    /// <summary>One column a month, mean time by stage of what was published in it.</summary>
    public static IReadOnlyList<ChartColumn> ByMonth(Core.History.Trends trends) =>
    [
        .. trends.Months.TakeLast(MaximumColumns).Select(month => new ChartColumn(
            month.Month.ToString("MMM", CultureInfo.InvariantCulture),
            month.Month.Year.ToString(CultureInfo.InvariantCulture),
            [.. month.Stages.Select(part => part.TotalSeconds)],
            month.Lead is null ? "" : Brief(month.Stages.Aggregate(TimeSpan.Zero, (sum, part) => sum + part)),
            $"{month.Month.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}: {month.Releases} releases{(month.Lead is { } lead ? $", median {DurationText.Full(lead)}" : "")}")),
    ];

    public static IReadOnlyList<ChartColumn> Sizes(Core.History.Trends trends, Func<FinishedRelease, long?> size, BrowserTimeProvider clock) =>
    [
        .. trends.Releases.Where(release => size(release) is not null).TakeLast(MaximumColumns).Select(release => new ChartColumn(
            release.Version, Month(clock.ToLocal(release.FinishedAt)), [size(release)!.Value], SizeText.Of(size(release)!.Value),
            $"{release.Project} {release.Version}, {SizeText.Of(size(release)!.Value)}")),
    ];

    public static IReadOnlyList<(double At, string Text)> TimeLines(IReadOnlyList<ChartColumn> columns, TimeSpan? median) =>
        [.. TimeScale.For(TimeSpan.FromSeconds(Math.Max(columns.Select(column => column.Total).DefaultIfEmpty().Max(), median?.TotalSeconds ?? 0))).Lines.Select(at => (at.TotalSeconds, TimeScale.Label(at)))];

    public static IReadOnlyList<(double At, string Text)> SizeLines(IReadOnlyList<ChartColumn> columns)
    {
        var largest = columns.Select(column => column.Total).DefaultIfEmpty(1).Max();
        var step = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, largest))));
        step = largest / step > 5 ? step * 2 : largest / step > 2 ? step : step / 2;
        return [.. Enumerable.Range(0, (int)Math.Ceiling(largest / step) + 1).Select(at => (at * step, at == 0 ? "0" : SizeText.Of((long)(at * step))))];
    }

    /// <summary>"49 s", "49", "2 h": short enough to stand above a column.</summary>
    private static string Brief(TimeSpan span) => span < TimeSpan.FromMinutes(1) ? $"{(int)Math.Round(span.TotalSeconds)} s"
        : span < TimeSpan.FromHours(2) ? $"{(int)Math.Round(span.TotalMinutes)} min"
        : span < TimeSpan.FromDays(2) ? $"{(int)Math.Round(span.TotalHours)} h" : $"{(int)Math.Round(span.TotalDays)} d";

    private static string Month(DateTimeOffset at) => at.ToString("MMM", CultureInfo.InvariantCulture);
}
