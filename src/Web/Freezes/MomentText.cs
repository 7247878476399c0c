using System.Globalization;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.Freezes;

/// <summary>Moments as the browser's field for date and time writes them, in the reader's zone.</summary>
public static class MomentText
{
    /// <summary>Null for what is no moment, or one that the clocks of the zone skip.</summary>
    public static DateTimeOffset? Parse(string? text, BrowserTimeProvider clock) =>
        DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !clock.LocalTimeZone.IsInvalidTime(local)
            ? new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local))
            : null;
}
