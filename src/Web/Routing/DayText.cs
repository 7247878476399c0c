using System.Globalization;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.Routing;

/// <summary>Days as they stand in addresses, in the reader's zone.</summary>
public static class DayText
{
    /// <summary>Null for what is no day: an address may hold anything.</summary>
    public static DateOnly? Parse(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The first moment of the day where the reader is.</summary>
    public static DateTimeOffset? Begin(DateOnly? day, BrowserTimeProvider clock)
    {
        if (day is not { } known)
            return null;
        var local = known.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local));
    }

    /// <summary>The first moment after the day.</summary>
    public static DateTimeOffset? End(DateOnly? day, BrowserTimeProvider clock) =>
        day is { } known && known < DateOnly.MaxValue ? Begin(known.AddDays(1), clock) : null;
}
