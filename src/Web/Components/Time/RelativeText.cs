using System.Globalization;

namespace ReleaseDashboard.Web.Components.Time;

public static class RelativeText
{
    /// <summary>"just now", "14 min ago", "in 3 h", "yesterday"; a date from a week on. Both times in the reader's zone.</summary>
    public static string Of(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = now - at;
        var past = distance >= TimeSpan.Zero;
        var size = distance.Duration();
        if (size < TimeSpan.FromSeconds(45))
            return past ? "just now" : "in a moment";
        if (size < TimeSpan.FromMinutes(59.5))
            return Say((int)Math.Round(size.TotalMinutes, MidpointRounding.AwayFromZero), "min");
        if (size < TimeSpan.FromHours(23.5))
            return Say((int)Math.Round(size.TotalHours, MidpointRounding.AwayFromZero), "h");

        var days = Math.Abs(now.Date.Subtract(at.Date).Days);
        if (days <= 1)
            return past ? "yesterday" : "tomorrow";
        if (days < 7)
            return Say(days, "days");
        return at.ToString(at.Year == now.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);

        string Say(int count, string unit) => past ? $"{count} {unit} ago" : $"in {count} {unit}";
    }

    /// <summary>"20 Nov 2026, 14:22:05 (UTC+01:00)".</summary>
    public static string Exact(DateTimeOffset local) =>
        local.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture)
        + (local.Offset == TimeSpan.Zero ? " (UTC)" : local.ToString(" '(UTC'zzz')'", CultureInfo.InvariantCulture));
}
