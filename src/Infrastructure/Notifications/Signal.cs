namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>Wakes one waiting loop. Set many times before it looks, it wakes it once.</summary>
internal sealed class Signal : IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0);

    public void Set()
    {
        // Two at once may both see zero: a spare turn of the loop does no harm.
        if (semaphore.CurrentCount == 0)
            semaphore.Release();
    }

    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await semaphore.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Long enough: look anyway.
        }
    }

    public void Dispose() => semaphore.Dispose();
}
