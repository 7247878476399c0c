using Microsoft.Extensions.Hosting;

namespace ReleaseDashboard.Infrastructure.Tests.Audit;

/// <summary>A host that has started.</summary>
internal sealed class StartedHost : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => new(canceled: true);

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => throw new NotSupportedException();
}
