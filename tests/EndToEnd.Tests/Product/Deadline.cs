using System.Diagnostics;

namespace ReleaseDashboard.EndToEnd.Tests.Product;

/// <summary>Waits for conditions, never for time: looks often, and gives up with the reason after a limit.</summary>
internal static class Deadline
{
    /// <summary>Far above what anything takes on an idle machine: it only ends a test that hangs.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The first answer that is not null.</summary>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> look, Func<string> what, TimeSpan? limit = null)
        where T : class
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            if (await look() is { } found)
                return found;
            if (clock.Elapsed > (limit ?? Usual))
                throw new TimeoutException($"Not within {limit ?? Usual}: {what()}");
            // Not with the test's token: what cleans up waits here too.
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
