using ReleaseDashboard.Web.Components.Time;

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

    /// <summary>"0", "20 min".</summary>
    public static string Label(TimeSpan at) => at == TimeSpan.Zero ? "0" : DurationText.Full(at);
}
