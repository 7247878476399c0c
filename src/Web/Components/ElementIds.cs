namespace ReleaseDashboard.Web.Components;

/// <summary>Ids that tie labels to elements: unique within the process, so also within a page.</summary>
public static class ElementIds
{
    private static long _last;

    public static string Next(string prefix) => $"{prefix}-{Interlocked.Increment(ref _last)}";
}
