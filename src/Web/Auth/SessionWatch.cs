using System.Collections.Concurrent;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// Tells circuits that their session has ended. A circuit lives for hours after the request that opened it; ten thousand that
/// each asked for themselves would keep the database busy, so one question is asked for all: at once when an account changes
/// here (and on PostgreSQL anywhere), and every two seconds for what another process did.
/// </summary>
public sealed partial class SessionWatch(Sessions sessions, ChangeFeed changes, TimeProvider time, ILogger<SessionWatch> logger) : BackgroundService
{
    /// <summary>Well within the five seconds that are promised.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<object, Watched> _watched = new();

    /// <summary>Calls <paramref name="ended"/> once when the session is over, until the result is disposed.</summary>
    public IDisposable Watch(Guid userId, Guid sessionId, Action ended)
    {
        var watched = new Watched(this, userId, sessionId, ended);
        _watched[watched] = watched;
        return watched;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new SemaphoreSlim(0);
        using var subscription = changes.Subscribe(change =>
        {
            if (change is Change.User user && _watched.Values.Any(watched => watched.UserId == user.Id))
                changed.Release();
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(changed.WaitAsync(pause.Token), Task.Delay(Interval, time, pause.Token));
            await pause.CancelAsync();
            if (!stoppingToken.IsCancellationRequested && !_watched.IsEmpty)
                await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            var all = _watched.Values.ToList();
            var ended = await sessions.EndedAsync([.. all.Select(watched => watched.SessionId).Distinct()], stoppingToken);
            foreach (var watched in all.Where(watched => ended.Contains(watched.SessionId)))
            {
                watched.Dispose();
                watched.Ended();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away for a moment ends no session: actions check again, and cannot be done meanwhile.
            Log.CheckFailed(logger, exception);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private sealed record Watched(SessionWatch Watch, Guid UserId, Guid SessionId, Action Ended) : IDisposable
    {
        public void Dispose() => Watch._watched.TryRemove(this, out _);

        // Two tabs of one session are two entries.
        public bool Equals(Watched? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Sessions could not be checked; they are checked again.")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}
