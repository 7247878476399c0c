using Microsoft.AspNetCore.Components;

namespace ReleaseDashboard.Web.Approvals;

/// <summary>
/// A part of the page that asks something slow, after the page is there: a remote that is silent holds up nothing else.
/// It asks again when what it shows is about something else.
/// </summary>
public abstract partial class RemoteCard : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private object? _asked;

    [Inject] private ILoggerFactory Loggers { get; set; } = default!;

    /// <summary>The last reading failed; the server's log says why.</summary>
    protected bool HasFailed { get; private set; }

    /// <summary>What it is about; another value reads again.</summary>
    protected abstract object Key { get; }

    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    // Prerendered pages do not wait for remotes.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Equals(_asked, Key))
            return;
        _asked = Key;
        try
        {
            await ReadAsync(_gone.Token);
            HasFailed = false;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception exception)
        {
            // One part of the page that cannot be read must not take the decision with it.
            Log.ReadFailed(Loggers.CreateLogger(GetType()), exception);
            HasFailed = true;
            StateHasChanged();
        }
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _gone.Cancel();
        _gone.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A part of a page could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
