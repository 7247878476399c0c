using Microsoft.AspNetCore.Components;

namespace ReleaseDashboard.Web.Images;

/// <summary>
/// A part of a page that asks remotes by itself, once for each key. The page is drawn at once, and the part is filled in when they answer; a
/// newer key drops what is under way.
/// </summary>
public abstract partial class RemotePart<T> : ComponentBase, IAsyncDisposable
    where T : class
{
    private CancellationTokenSource? _asking;
    private Task _task = Task.CompletedTask;
    private object? _key;

    [Inject] private ILoggerFactory Loggers { get; set; } = default!;

    protected T? Value { get; private set; }

    /// <summary>Why there is nothing; remotes' own failures belong into the value.</summary>
    protected string? Fault { get; private set; }

    protected bool IsBusy { get; private set; }

    /// <summary>What is asked for; equal keys are asked once. Null asks for nothing.</summary>
    protected abstract object? Key { get; }

    protected abstract Task<T> ReadAsync(CancellationToken cancellationToken);

    // Only a live page asks: the first paint waits for no remote.
    protected override void OnParametersSet()
    {
        if (!RendererInfo.IsInteractive || Equals(Key, _key))
            return;
        _key = Key;
        Value = null;
        Begin();
    }

    protected void Begin()
    {
        _asking?.Cancel();
        (Fault, IsBusy) = (null, _key is not null);
        if (_key is null)
            return;
        _asking = new CancellationTokenSource();
        _task = RunAsync(_asking);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_asking is not null)
            await _asking.CancelAsync();
        await _task;
    }

    private async Task RunAsync(CancellationTokenSource asking)
    {
        try
        {
            // On a thread of the pool: reading tars and Dockerfiles takes time, and the page goes on.
            var value = await Task.Run(() => ReadAsync(asking.Token), asking.Token);
            if (asking == _asking)
                (Value, IsBusy) = (value, false);
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception exception)
        {
            Log.ReadFailed(Loggers.CreateLogger(GetType()), exception);
            if (asking == _asking)
                (Fault, IsBusy) = ("This could not be read. The fault is recorded in the server's log.", false);
        }
        finally
        {
            asking.Dispose();
            if (asking == _asking)
                _asking = null;
        }
        if (_asking is null)
            StateHasChanged();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A part of a page could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
