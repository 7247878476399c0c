using Microsoft.Extensions.Hosting;

namespace ReleaseDashboard.Sandbox.Hosting;

/// <summary>Starts and stops only when told to, and listens to no signal.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
