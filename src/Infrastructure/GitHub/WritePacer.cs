using System.Collections.Concurrent;

namespace ReleaseDashboard.Infrastructure.GitHub;

/// <summary>
/// Keeps writes to one host one after the other with a pause between: GitHub answers bursts with secondary rate limits. One
/// instance serves all clients of a process.
/// </summary>
public sealed class WritePacer(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>Waits for its turn, runs the write, and starts the pause when it has ended.</summary>
    public async Task<T> RunAsync<T>(Uri address, TimeSpan spacing, Func<Task<T>> write, CancellationToken cancellation)
    {
        if (spacing <= TimeSpan.Zero) return await write();
        var lane = _lanes.GetOrAdd(address.Authority, _ => new Lane());
        await lane.Turn.WaitAsync(cancellation);
        try
        {
            var wait = lane.LastEnd is { } last ? spacing - time.GetElapsedTime(last) : TimeSpan.Zero;
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation);
            try
            {
                return await write();
            }
            finally
            {
                lane.LastEnd = time.GetTimestamp();
            }
        }
        finally
        {
            lane.Turn.Release();
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Reliability", "CA1001", Justification = "A semaphore without wait handle holds nothing to free; lanes live as long as the process.")]
    private sealed class Lane
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);
        public long? LastEnd { get; set; }
    }
}
