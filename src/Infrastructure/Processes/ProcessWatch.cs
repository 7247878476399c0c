namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>Decides when a run is over before its process is: cancelled, too long, or silent too long.</summary>
internal sealed class ProcessWatch(ProcessLimits limits, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _heard = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public void Heard() => Volatile.Write(ref _heard, time.GetTimestamp());

    /// <summary>Completes with the reason; is cancelled when the process ends by itself.</summary>
    public async Task<ProcessEnd> WaitAsync(CancellationToken graceful, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(graceful, stop);
        while (true)
        {
            var whole = limits.Timeout is { } timeout ? timeout - Elapsed : TimeSpan.MaxValue;
            var silent = limits.IdleTimeout is { } idle ? idle - time.GetElapsedTime(Volatile.Read(ref _heard)) : TimeSpan.MaxValue;
            if (whole <= TimeSpan.Zero) return ProcessEnd.TimedOut;
            if (silent <= TimeSpan.Zero) return ProcessEnd.IdleTimedOut;
            var next = TimeSpan.FromTicks(Math.Min(Math.Min(whole.Ticks, silent.Ticks), TimeSpan.TicksPerDay));
            try
            {
                await Task.Delay(next + TimeSpan.FromMilliseconds(1), time, either.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return ProcessEnd.Cancelled;
            }
        }
    }
}
