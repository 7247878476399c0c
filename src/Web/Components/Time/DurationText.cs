namespace ReleaseDashboard.Web.Components.Time;

/// <summary>How long something took, in the two forms the pages use.</summary>
public static class DurationText
{
    /// <summary>"0.4 s", "4 s", "1 min 42 s", "2 h 11 min", "3 days 4 h".</summary>
    public static string Full(TimeSpan span)
    {
        span = span < TimeSpan.Zero ? TimeSpan.Zero : span;
        if (span < TimeSpan.FromSeconds(1))
            return span == TimeSpan.Zero ? "0 s" : FormattableString.Invariant($"{Math.Max(0.1, Math.Round(span.TotalSeconds, 1)):0.#} s");
        if (span < TimeSpan.FromMinutes(1))
            return $"{(int)span.TotalSeconds} s";
        if (span < TimeSpan.FromHours(1))
            return span.Seconds == 0 ? $"{span.Minutes} min" : $"{span.Minutes} min {span.Seconds:00} s";
        if (span < TimeSpan.FromDays(1))
            return span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes:00} min";
        return span.Hours == 0 ? $"{span.Days} days" : $"{span.Days} days {span.Hours} h";
    }

    /// <summary>For narrow columns: "4 s", "1:57", "2 h 11".</summary>
    public static string Brief(TimeSpan span)
    {
        if (span < TimeSpan.FromMinutes(1))
            return $"{(int)Math.Max(0, Math.Round(span.TotalSeconds))} s";
        return span < TimeSpan.FromHours(1) ? $"{span.Minutes}:{span.Seconds:00}" : $"{(int)span.TotalHours} h {span.Minutes:00}";
    }
}
