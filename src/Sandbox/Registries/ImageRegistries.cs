using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>The sandbox's image registries. Each has a port of its own, because clients look for <c>/v2/</c> at the root of a host.</summary>
public sealed class ImageRegistries(string folder, SandboxOptions options, EffectLog effects, TimeProvider time, IServer server) : IHostedService, IDisposable
{
    private IReadOnlyList<(int Port, ImageRegistry Registry)>? ports;

    /// <summary>Where images go before they are released.</summary>
    public ImageRegistry Preproduction { get; } = new("preproduction", Path.Combine(folder, "preproduction"), effects, time);

    /// <summary>Where users pull from.</summary>
    public ImageRegistry Production { get; } = new("production", Path.Combine(folder, "production"), effects, time);

    public IReadOnlyList<ImageRegistry> All => [Preproduction, Production];

    // The server keeps its addresses in the order they were asked for: the sandbox's own, then the two registries'.
    private List<string> Bound =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.ToList() is { } bound && bound.Count == options.Addresses.Count ? bound : [];

    /// <returns>Null when there is no registry of that name.</returns>
    public ImageRegistry? Find(string name) => All.FirstOrDefault(registry => registry.Name == name);

    /// <summary>Where a registry answers, with the port that was really bound.</summary>
    /// <exception cref="InvalidOperationException">The sandbox is not started.</exception>
    public Uri AddressOf(ImageRegistry registry) =>
        Bound is { Count: > 0 } addresses
            ? new Uri(addresses[^(registry == Preproduction ? 2 : 1)])
            : throw new InvalidOperationException("The sandbox is not started.");

    /// <returns>The registry that a request came to; null when it came to the sandbox's own port.</returns>
    internal ImageRegistry? Of(HttpContext context)
    {
        // The sandbox's own port is bound first, so a request may come before the registries have theirs.
        if (ports is null && Bound is { Count: > 0 })
            ports = [.. All.Select(registry => (AddressOf(registry).Port, registry))];
        return ports?.FirstOrDefault(pair => pair.Port == context.Connection.LocalPort).Registry;
    }

    async Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        foreach (var registry in All)
            await registry.RecoverAsync();
    }

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        Preproduction.Dispose();
        Production.Dispose();
    }
}
