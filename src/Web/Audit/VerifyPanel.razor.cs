using Microsoft.AspNetCore.Components;
using ReleaseDashboard.Infrastructure.Audit;
using ReleaseDashboard.Web.Components.Time;

namespace ReleaseDashboard.Web.Audit;

/// <summary>Verifies the trail and tells how far it is. Ends with the page, or when it is stopped.</summary>
public sealed partial class VerifyPanel(AuditVerify verify, AuditAccess access, BrowserTimeProvider clock, ILogger<VerifyPanel> logger) : IAsyncDisposable
{
    private const int Shown = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _stop;
    private VerifyRun? _run;
    private bool _busy;
    private bool _stopped;
    private string? _failure;

    /// <summary>Told when it begins and when it ends.</summary>
    [Parameter] public EventCallback<bool> OnBusy { get; set; }

    /// <param name="checkpoints">Text of checkpoints that were kept elsewhere, or null.</param>
    public async Task RunAsync(string? checkpoints = null)
    {
        if (_busy)
            return;
        (_busy, _stopped, _failure, _run) = (true, false, null, new VerifyRun(clock));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        await OnBusy.InvokeAsync(true);
        StateHasChanged();
        try
        {
            await VerifyAsync(_run, checkpoints, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _stopped = true;
        }
        catch (Exception exception)
        {
            Log.VerifyFailed(logger, exception);
            _failure = "The trail could not be read. The fault is recorded in the server's log.";
        }
        _stop.Dispose();
        (_stop, _busy) = (null, false);
        if (_gone.IsCancellationRequested)
            return;
        await OnBusy.InvokeAsync(false);
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
    }

    private async Task VerifyAsync(VerifyRun run, string? checkpoints, CancellationToken cancellationToken)
    {
        if (!await access.MayCheckAsync(cancellationToken))
        {
            _failure = "Checking the whole trail needs the permission to read it.";
            return;
        }
        // Away from the circuit's own thread: the page stays alive meanwhile.
        var verifying = Task.Run(() => verify.RunAsync(new AuditVerifyRequest(checkpoints), run, cancellationToken), cancellationToken);
        using var timer = new PeriodicTimer(Tick, clock);
        while (!verifying.IsCompleted && await timer.WaitForNextTickAsync(cancellationToken))
            StateHasChanged();
        run.Finish(await verifying);
    }

    private void Cancel() => _stop?.Cancel();

    private static string Said(VerifyRun run) => run.Progress is { } at
        ? $"{at.Done:N0} of {at.Total:N0} entries, {run.Rate:N0} a second{(run.Left is { TotalSeconds: >= 1 } left ? $", {DurationText.Full(left)} left" : "")}"
        : "Each hash is computed again from the first entry to the last.";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The audit trail could not be verified.")]
        public static partial void VerifyFailed(ILogger logger, Exception exception);
    }
}
