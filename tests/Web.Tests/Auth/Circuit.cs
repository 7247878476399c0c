using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.TestSupport.Web;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Tests.Auth;

/// <summary>What a live circuit of a signed-in person has on the server: the services that its pages and event handlers ask.</summary>
internal sealed class Circuit : IAsyncDisposable
{
    private readonly AsyncServiceScope scope;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Circuit(AsyncServiceScope services) => scope = services;

    /// <summary>Completes when the circuit was told that nobody is signed in any more: it then leaves for the sign-in page.</summary>
    public Task Ended => ended.Task;

    /// <summary>Opens one for the person's only session.</summary>
    public static async Task<Circuit> OpenAsync(TestDashboard dashboard, string name)
    {
        var account = (await dashboard.Get<AccountQueries>().FindByNameAsync(name, CancellationToken.None)).ShouldNotBeNull();
        var session = (await dashboard.Get<Sessions>().ListAsync(Actor.System, name, CancellationToken.None)).ShouldHaveSingleItem();
        var circuit = new Circuit(dashboard.Get<IServiceScopeFactory>().CreateAsyncScope());
        var state = circuit.scope.ServiceProvider.GetRequiredService<SessionStateProvider>();
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(SessionPrincipal.Of(account, session.Id))));
        state.AuthenticationStateChanged += changed => _ = circuit.SeeAsync(changed);
        return circuit;
    }

    /// <summary>In whose name the next event handler would act.</summary>
    public Task<Actor> ActorAsync() => scope.ServiceProvider.GetRequiredService<CurrentActor>().GetAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => scope.DisposeAsync();

    private async Task SeeAsync(Task<AuthenticationState> changed)
    {
        if ((await changed).User.Identity is not { IsAuthenticated: true })
            ended.TrySetResult();
    }
}
