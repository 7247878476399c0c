using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ReleaseDashboard.Web.Auth;

/// <summary>Who is signed in on a page or circuit, until the session ends.</summary>
public sealed class SessionStateProvider(SessionWatch watch) : AuthenticationStateProvider, IHostEnvironmentAuthenticationStateProvider, IDisposable
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly Lock _gate = new();
    private Task<AuthenticationState>? _state;
    private IDisposable? _watched;
    private bool _isWatching;
    private bool _isDisposed;

    /// <summary>Null outside of pages and circuits, where the request says who it is.</summary>
    public Task<AuthenticationState>? State => _state;

    public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
        _state ?? throw new InvalidOperationException("Nobody has said yet who is signed in here.");

    public void SetAuthenticationState(Task<AuthenticationState> authenticationStateTask)
    {
        _state = authenticationStateTask;
        NotifyAuthenticationStateChanged(_state);
        if (_isWatching)
            return;
        _isWatching = true;
        _ = WatchAsync(authenticationStateTask);
    }

    // Known to the container under two types, so it is disposed twice.
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _watched?.Dispose();
        }
    }

    private async Task WatchAsync(Task<AuthenticationState> state)
    {
        var user = (await state).User;
        if (SessionPrincipal.UserId(user) is not { } id || SessionPrincipal.SessionId(user) is not { } session)
            return;
        lock (_gate)
        {
            if (!_isDisposed)
                _watched = watch.Watch(id, session, End);
        }
    }

    private void End()
    {
        _state = Task.FromResult(Nobody);
        NotifyAuthenticationStateChanged(_state);
    }
}
