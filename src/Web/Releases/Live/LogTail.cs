using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Web.Components.Log;
using ReleaseDashboard.Web.Live;

namespace ReleaseDashboard.Web.Releases.Live;

/// <summary>The log of one attempt as it grows: reads what is there, then only what is new.</summary>
public sealed partial class LogTail : IAsyncDisposable
{
    private readonly LogStore _logs;
    private readonly ILogger _logger;
    private readonly Func<Task> _appeared;
    private readonly ChangePulse _pulse;
    private long _next = 1;
    private bool _failed;

    /// <param name="appeared">Called when it is known whether there are lines, and when the first comes.</param>
    /// <param name="fault">Takes what nobody expected.</param>
    public LogTail(LogStore logs, ChangeFeed changes, Guid attemptId, Func<Task> appeared, Func<Exception, Task> fault, ILogger logger, TimeProvider time)
    {
        (_logs, _logger, _appeared) = (logs, logger, appeared);
        AttemptId = attemptId;
        _pulse = new ChangePulse(changes, change => change is Change.Log log && log.AttemptId == attemptId, TryReadAsync, fault, time, atOnce: true);
    }

    public Guid AttemptId { get; }

    public LogBuffer Buffer { get; } = new();

    /// <summary>Whether what was there has been read.</summary>
    public bool IsRead { get; private set; }

    public ValueTask DisposeAsync() => _pulse.DisposeAsync();

    private async Task<bool> TryReadAsync(CancellationToken cancellationToken)
    {
        var before = (IsRead, Buffer.Count > 0);
        try
        {
            await ReadAsync(cancellationToken);
            (IsRead, _failed) = (true, false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away comes back.
            if (!_failed)
                Log.ReadFailed(_logger, AttemptId, exception);
            _failed = true;
        }

        if (before != (IsRead, Buffer.Count > 0))
            await _appeared();
        return !_failed;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await foreach (var chunk in _logs.ReadAsync(AttemptId, _next, cancellationToken))
        {
            Buffer.Append(chunk.Lines);
            _next = chunk.First + chunk.Lines.Count;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The log of attempt {Attempt} could not be read for a page. It tries again by itself.")]
        public static partial void ReadFailed(ILogger logger, Guid attempt, Exception exception);
    }
}
