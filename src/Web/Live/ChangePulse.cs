using System.Threading.Channels;
using ReleaseDashboard.Infrastructure.Changes;

namespace ReleaseDashboard.Web.Live;

/// <summary>
/// Turns many changes into few refreshes: the first change refreshes at once, those that come meanwhile share the next
/// one, a tenth of a second later. A refresh that could not read is tried again by itself. Disposing cancels, then waits for a
/// refresh under way.
/// </summary>
public sealed class ChangePulse : IAsyncDisposable
{
    // Long enough that a burst of steps is one rendering, short enough to look immediate.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A database that restarts is back within seconds; asking more often would only add to its work.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    // One place is enough: a change while one is noted says nothing more.
    private readonly Channel<bool> _noted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _end = new();
    private readonly IDisposable _subscription;
    private readonly Task _work;

    /// <param name="changes">Tells of them.</param>
    /// <param name="cares">Runs on the publisher's thread: it may only compare.</param>
    /// <param name="refresh">Reads again and shows it; false when it could not read.</param>
    /// <param name="fault">Takes what <paramref name="refresh"/> throws; the pulse has ended then.</param>
    /// <param name="time">For the pauses.</param>
    /// <param name="atOnce">Whether to refresh once without waiting for a change.</param>
    public ChangePulse(
        ChangeFeed changes, Func<Change, bool> cares, Func<CancellationToken, Task<bool>> refresh, Func<Exception, Task> fault, TimeProvider time, bool atOnce = false)
    {
        _subscription = changes.Subscribe(change =>
        {
            if (cares(change))
                Note();
        });
        if (atOnce)
            Note();
        _work = Task.Run(() => WorkAsync(refresh, fault, time, _end.Token), CancellationToken.None);
    }

    /// <summary>Refreshes as after a change.</summary>
    public void Note() => _noted.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
    }

    private async Task WorkAsync(Func<CancellationToken, Task<bool>> refresh, Func<Exception, Task> fault, TimeProvider time, CancellationToken end)
    {
        try
        {
            await foreach (var _ in _noted.Reader.ReadAllAsync(end))
            {
                var read = await refresh(end);
                await Task.Delay(read ? Pause : Recovery, time, end);
                if (!read)
                    Note();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            await fault(exception);
        }
    }
}
