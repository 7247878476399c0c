using ReleaseDashboard.Core.History;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.History.Trends;

/// <summary>How a figure of the last three months differs from before, for people. Less is better in all of them.</summary>
/// <param name="Better">Null when it is the same, or one of both is unknown.</param>
public sealed record TrendWords(string Words, bool? Better, bool IsMore)
{
    public static TrendWords None { get; } = new("nothing to compare with", null, false);

    public static TrendWords Of(TrendChange<TimeSpan> change)
    {
        if (change is not { Recent: { } recent, Before: { } before })
            return None;
        var more = recent - before;
        // What nobody would notice is no change.
        return more.Duration() < TimeSpan.FromSeconds(Math.Max(1, before.TotalSeconds / 50))
            ? new TrendWords("the last 3 months as before", null, false)
            : new TrendWords($"{DurationText.Full(Round(more.Duration()))} {(more > TimeSpan.Zero ? "more" : "less")} in the last 3 months", more < TimeSpan.Zero, more > TimeSpan.Zero);
    }

    public static TrendWords Of(TrendChange<double> change)
    {
        if (change is not { Recent: { } recent, Before: { } before })
            return None;
        var points = (int)Math.Round((recent - before) * 100);
        return points == 0
            ? new TrendWords("the last 3 months as before", null, false)
            : new TrendWords($"{Math.Abs(points)} points {(points > 0 ? "more" : "less")} in the last 3 months", points < 0, points > 0);
    }

    private static TimeSpan Round(TimeSpan span) => span < TimeSpan.FromMinutes(5) ? span : TimeSpan.FromMinutes(Math.Round(span.TotalMinutes));
}
