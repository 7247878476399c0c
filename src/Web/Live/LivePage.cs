using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Changes;

namespace ReleaseDashboard.Web.Live;

/// <summary>
/// A component over data that others change: it reads when its parameters are set, and again when the feed tells of a
/// change that concerns it. Changes that come close together are read once. When reading fails it tries again by itself.
/// </summary>
public abstract partial class LivePage : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private ChangePulse? _pulse;
    private int _reading;

    protected LivePage() => Gone = _gone.Token;

    [Inject] protected ChangeFeed Feed { get; set; } = default!;

    [Inject] private ILoggerFactory Loggers { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    /// <summary>Ends with the component: for everything it reads.</summary>
    protected CancellationToken Gone { get; }

    /// <summary>Whether there is something to show.</summary>
    protected bool IsLoaded { get; private set; }

    /// <summary>The last read failed; the log says why. What was read before is still there.</summary>
    protected bool HasFailed { get; private set; }

    /// <summary>Reads everything the page shows. A newer call cancels nothing: the last to start wins by storing last.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    protected virtual bool Concerns(Change change) => change is Change.Release;

    // Before the first read, so that no change falls between. Only a live page follows: after prerendering nobody would end it.
    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            _pulse = new ChangePulse(Feed, Concerns, _ => RefreshPageAsync(), DispatchExceptionAsync, Time);
    }

    protected override async Task OnParametersSetAsync()
    {
        await ReloadAsync();
        if (HasFailed)
            _pulse?.Note();
    }

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
            // A database that is away comes back. One entry says it, not one for each attempt.
            if (!HasFailed)
                Log.ReadFailed(Loggers.CreateLogger(GetType()), exception);
            HasFailed = true;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _gone.CancelAsync();
        if (_pulse is not null)
            await _pulse.DisposeAsync();
        _gone.Dispose();
    }

    private async Task<bool> RefreshPageAsync()
    {
        await InvokeAsync(async () =>
        {
            await ReloadAsync();
            StateHasChanged();
        });
        return !HasFailed;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A page could not read what it shows. It tries again by itself.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
