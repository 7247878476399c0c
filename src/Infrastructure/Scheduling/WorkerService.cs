using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Scheduling;

/// <summary>The worker role of this process: wakes releases when told, and patrols the ledger for what nobody told it of.</summary>
internal sealed partial class WorkerService(
    LedgerStore ledger,
    ChangeFeed changes,
    QuartzHostedService quartz,
    WakeScheduler scheduler,
    LeasePatrol leases,
    WorkerIdentity worker,
    WorkerOptions options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<WorkerService> logger) : BackgroundService
{
    private static readonly TimeSpan Presence = TimeSpan.FromSeconds(5);

    private readonly Channel<Guid> woken = Channel.CreateUnbounded<Guid>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Waits until the jobs that run have ended.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await quartz.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe(change =>
        {
            if (change is Change.Wake wake)
                woken.Writer.TryWrite(wake.ReleaseId);
        });
        try
        {
            await lifetime.StartedAsync(stoppingToken);
            await quartz.StartAsync(stoppingToken);
            // One SQLite file has one process, which the data folder's lock makes sure of.
            if (ledger.IsSqlite)
                await leases.FreeAllAsync(stoppingToken);
            await Task.WhenAll(PassOnAsync(stoppingToken), PatrolAsync(stoppingToken), ShowPresenceAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task PassOnAsync(CancellationToken cancellationToken)
    {
        await foreach (var releaseId in woken.Reader.ReadAllAsync(cancellationToken))
            await scheduler.WakeAsync(releaseId, cancellationToken);
    }

    private async Task PatrolAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Patrol, time);
        do
        {
            try
            {
                await leases.FreeStaleAsync(cancellationToken);
                foreach (var releaseId in await DueAsync(cancellationToken))
                    await scheduler.WakeAsync(releaseId, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // A database that is away comes back; the next round looks again.
                Log.PatrolFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Releases with a step that nobody works on although it could go on.</summary>
    private async Task<List<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var now = time.GetUtcNow();
        var due = db.Steps.Where(step =>
                (step.Status == StepStatus.Running && step.LeaseHolder == null)
                || ((step.Status == StepStatus.WaitingOutside || step.Status == StepStatus.WaitingForPerson) && step.WakeAt <= now))
            .Select(step => step.ReleaseId);
        // A running release whose steps are all still or over is one whose next step nobody took.
        var stalled = db.Releases.Where(release => release.Status == ReleaseStatus.Running
                && !db.Steps.Any(step => step.ReleaseId == release.Id && step.Status == StepStatus.Running))
            .Select(release => release.Id);
        return await due.Union(stalled).ToListAsync(cancellationToken);
    }

    private async Task ShowPresenceAsync(CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        using var timer = new PeriodicTimer(Presence, time);
        do
        {
            try
            {
                await ledger.AppendAsync(db => ShowAsync(db, startedAt, cancellationToken), cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.PatrolFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task ShowAsync(LedgerContext db, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var record = await db.Workers.FindAsync([worker.Name], cancellationToken);
        if (record is null)
        {
            var gone = time.GetUtcNow() - TimeSpan.FromMinutes(10);
            await db.Workers.Where(other => other.SeenAt < gone).ExecuteDeleteAsync(cancellationToken);
            record = new WorkerRecord { Name = worker.Name, Host = worker.Host, Labels = [.. worker.Labels], StartedAt = startedAt, SeenAt = startedAt };
            db.Workers.Add(record);
        }
        record.SeenAt = time.GetUtcNow();
        record.FreeBytes = new DriveInfo(options.DataFolder).AvailableFreeSpace;
        await db.SaveChangesAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The patrol could not read the ledger; it tries again.")]
        public static partial void PatrolFailed(ILogger logger, Exception exception);
    }
}
