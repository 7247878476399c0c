using Microsoft.Extensions.Hosting;

namespace ReleaseDashboard.Infrastructure.Scheduling;

internal static class HostStart
{
    /// <summary>Waits until the host listens. The first page does not wait for this work: the mapper's start alone takes as long as the rest of the program's.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime host, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
