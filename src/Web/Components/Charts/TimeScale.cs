namespace ReleaseDashboard.Web.Components.Charts;

/// <summary>A scale of durations with round steps.</summary>
/// <param name="Step">Between two lines.</param>
/// <param name="Steps">How many of them.</param>
public sealed record TimeScale(TimeSpan Step, int Steps)
{
    private const int MaximumSteps = 5;

    private static readonly int[] Seconds =
        [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000, 864000, 2592000];

    public TimeSpan Top => Step * Steps;

    public IEnumerable<TimeSpan> Lines => Enumerable.Range(0, Steps + 1).Select(at => Step * at);

    public static TimeScale For(TimeSpan largest)
    {
        var step = Seconds.FirstOrDefault(seconds => Math.Ceiling(largest.TotalSeconds / seconds) <= MaximumSteps, Seconds[^1]);
        return new TimeScale(TimeSpan.FromSeconds(step), (int)Math.Max(1, Math.Ceiling(largest.TotalSeconds / step)));
    }

    /// <summary>"0", "20 min", "1:20 h", "2 d": as short as it can be said beside a chart.</summary>
    public static string Label(TimeSpan at) =>
        at == TimeSpan.Zero ? "0"
        : at < TimeSpan.FromMinutes(1) ? $"{(int)at.TotalSeconds} s"
        : at < TimeSpan.FromHours(1) ? $"{(int)at.TotalMinutes} min"
        : at < TimeSpan.FromDays(1) ? at.Minutes == 0 ? $"{at.Hours} h" : $"{at.Hours}:{at.Minutes:00} h"
        : at.Hours == 0 ? $"{(int)at.TotalDays} d" : $"{(int)at.TotalDays} d {at.Hours} h";
}
