namespace ReleaseDashboard.Core.History;

internal static class Median
{
    /// <summary>The middle value, or the mean of the two in the middle; null of nothing.</summary>
    public static TimeSpan? Of(IEnumerable<TimeSpan> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null
            : sorted.Count % 2 == 1 ? sorted[sorted.Count / 2]
            : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
