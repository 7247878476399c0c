using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using ReleaseDashboard.Infrastructure.Changes;

namespace ReleaseDashboard.Web.Auth;

/// <summary>
/// Who is signed in on a page or circuit. A circuit lives for hours after the request that opened it, so the session is
/// checked again when an account changes, and every few seconds for changes that another process made.
/// </summary>
public sealed partial class SessionStateProvider(SessionCheck check, ChangeFeed changes, TimeProvider time, ILogger<SessionStateProvider> logger)
    : AuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly CancellationTokenSource _end = new();
    private Task<AuthenticationState>? _state;
    private bool _watching;
    private bool _ended;

    /// <summary>Null outside of pages and circuits, where the request says who it is.</summary>
    public Task<AuthenticationState>? State => _state;

    public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
        _state ?? throw new InvalidOperationException("Nobody has said yet who is signed in here.");

    public void SetAuthenticationState(Task<AuthenticationState> authenticationStateTask)
    {
        _state = authenticationStateTask;
        NotifyAuthenticationStateChanged(_state);
        if (_watching)
            return;
        _watching = true;
        _ = WatchAsync();
    }

    // Known to the container under two types, so it is disposed twice.
    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        _end.Cancel();
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        var end = _end.Token;
        try
        {
            var id = SessionPrincipal.UserId((await _state!).User);
            if (id is null)
                return;
            using var changed = new SemaphoreSlim(0);
            using var subscription = changes.Subscribe(change =>
            {
                if (change is Change.User user && user.Id == id)
                    changed.Release();
            });
            do
            {
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(end);
                await Task.WhenAny(changed.WaitAsync(pause.Token), Task.Delay(Interval, time, pause.Token));
                await pause.CancelAsync();
                end.ThrowIfCancellationRequested();
            }
            while (await IsGoodAsync(end));
            _state = Task.FromResult(Nobody);
            NotifyAuthenticationStateChanged(_state);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The circuit is over.
        }
    }

    private async Task<bool> IsGoodAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await check.FindAsync((await _state!).User, cancellationToken) is not null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A database that is away for a moment ends no session: actions check again, and cannot be done meanwhile.
            Log.CheckFailed(logger, exception);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A session could not be checked; it is checked again.")]
        public static partial void CheckFailed(ILogger logger, Exception exception);
    }
}
