using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Web.Components.Log;

namespace ReleaseDashboard.Web.Releases.Live;

/// <summary>The log of one attempt as it grows: reads what is there, then only what is new.</summary>
public sealed class LogTail : IAsyncDisposable
{
    private readonly LogStore _logs;
    private readonly ChangePulse _pulse;
    private long _next = 1;

    public LogTail(LogStore logs, ChangeFeed changes, Guid attemptId, Func<Exception, Task> fault, TimeProvider time)
    {
        _logs = logs;
        AttemptId = attemptId;
        _pulse = new ChangePulse(changes, change => change is Change.Log log && log.AttemptId == attemptId, ReadAsync, fault, time, atOnce: true);
    }

    public Guid AttemptId { get; }

    public LogBuffer Buffer { get; } = new();

    public ValueTask DisposeAsync() => _pulse.DisposeAsync();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await foreach (var chunk in _logs.ReadAsync(AttemptId, _next, cancellationToken))
        {
            Buffer.Append(chunk.Lines);
            _next = chunk.First + chunk.Lines.Count;
        }
    }
}
