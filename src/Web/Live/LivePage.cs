using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Changes;

namespace ReleaseDashboard.Web.Live;

/// <summary>
/// A component over data that others change: it reads when its parameters are set, and again when the feed tells of a
/// change that concerns it. Changes that come close together are read once.
/// </summary>
public abstract partial class LivePage : ComponentBase, IAsyncDisposable
{
    // Long enough that a burst of steps is one rendering, short enough to look immediate.
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(120);

    private readonly CancellationTokenSource _gone = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private IDisposable? _subscription;
    private Task _following = Task.CompletedTask;
    private int _reading;

    [Inject] protected ChangeFeed Feed { get; set; } = default!;

    [Inject] private ILoggerFactory Loggers { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    /// <summary>Ends with the component: for everything it reads.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Whether there is something to show.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>The last read failed; the log says why. What was read before is still there.</summary>
    protected bool HasFailed { get; private set; }

    /// <summary>Reads everything the page shows. A newer call cancels nothing: the last to start wins by storing last.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    protected virtual bool Concerns(Change change) => change is Change.Release;

    protected override Task OnParametersSetAsync() => ReloadAsync();

    protected async Task ReloadAsync()
    {
        var reading = ++_reading;
        try
        {
            await LoadAsync(Gone);
            if (reading == _reading)
                (IsLoaded, HasFailed) = (true, false);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception exception) when (exception is not NavigationException)
        {
            // A database that is away comes back: the page offers to try again, and the next change does so too.
            Log.ReadFailed(Loggers.CreateLogger(GetType()), exception);
            HasFailed = true;
        }
    }

    // Only a live page follows: after prerendering nobody would end the subscription.
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;
        _subscription = Feed.Subscribe(change =>
        {
            if (Concerns(change))
                _changed.Writer.TryWrite(true);
        });
        _following = FollowAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _subscription?.Dispose();
        await _gone.CancelAsync();
        await _following;
        _gone.Dispose();
    }

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var _ in _changed.Reader.ReadAllAsync(Gone))
            {
                await InvokeAsync(ReloadAsync);
                await InvokeAsync(StateHasChanged);
                await Task.Delay(Batch, Time, Gone);
            }
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // The page is closed.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A page could not read what it shows.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
