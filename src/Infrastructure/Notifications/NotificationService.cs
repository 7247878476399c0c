using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.Scheduling;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>
/// Tells people, in the worker role. It has loops of its own and shares nothing with the running of steps but the database, so no
/// channel, dead or slow, holds a release up.
/// </summary>
internal sealed partial class NotificationService(
    TrailFollower follower, DeliverySender sender, NotificationHousekeeping housekeeping, SecretExpiry expiry, ChangeFeed changes, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<NotificationService> logger) : BackgroundService
{
    // The feed says when; this covers what it lost, and other processes' deliveries.
    private static readonly TimeSpan Patrol = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromHours(1);

    // Entries come in bursts; reading them together costs as much as reading one.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(300);

    private readonly Signal trail = new();
    private readonly Signal post = new();

    public override void Dispose()
    {
        trail.Dispose();
        post.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe(change =>
        {
            if (change is Change.Audit)
                trail.Set();
        });
        try
        {
            await lifetime.StartedAsync(stoppingToken);
            // Nobody waits for old news: until there is something new the first pages have the machine to themselves.
            await trail.WaitAsync(HostStart.Quiet, time, stoppingToken);
            await Task.WhenAll(
                LoopAsync(FollowAsync, stoppingToken),
                LoopAsync(SendAsync, stoppingToken),
                LoopAsync(SweepAsync, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
        await sender.FinishAsync();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (await follower.AdvanceAsync(cancellationToken))
            post.Set();
        await trail.WaitAsync(Patrol, time, cancellationToken);
        await Task.Delay(Burst, time, cancellationToken);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var next = await sender.StartDueAsync(post.Set, cancellationToken);
        var pause = next - time.GetUtcNow() is { } until && until < Patrol ? until : Patrol;
        await post.WaitAsync(pause < Burst ? Burst : pause, time, cancellationToken);
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        await expiry.WarnAsync(cancellationToken);
        await housekeeping.SweepAsync(cancellationToken);
        await Task.Delay(Sweep, time, cancellationToken);
    }

    private async Task LoopAsync(Func<CancellationToken, Task> round, CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (true)
        {
            try
            {
                await round(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A database that is away comes back; nothing was moved on, so nothing is lost.
                Log.RoundFailed(logger, exception);
                await Task.Delay(Patrol, time, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "People could not be told just now; it is tried again.")]
        public static partial void RoundFailed(ILogger logger, Exception exception);
    }
}
