using Microsoft.Extensions.Hosting;

namespace ReleaseDashboard.Infrastructure.Scheduling;

internal static class HostStart
{
    /// <summary>How long work that nobody waits for leaves the machine to the first pages.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>Waits until the host listens. The first page does not wait for this work: the mapper's start alone takes as long as the rest of the program's.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime host, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
