using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Infrastructure.Audit.Tree;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Scheduling;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>Signs the trail on its schedule and after each published release, and hands every checkpoint out.</summary>
internal sealed partial class CheckpointSchedule(
    LedgerStore ledger, CheckpointMaker maker, CheckpointKeys keys, CheckpointCopies copies, ChangeFeed changes, AuditOptions options, IHostApplicationLifetime host, TimeProvider time,
    ILogger<CheckpointSchedule> logger)
    : BackgroundService
{
    // Many changes of a release come at once; one look after the last of them is enough.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private readonly Channel<bool> moved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly AuditTreeGrowth growth = new(ledger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = changes.Subscribe(change =>
        {
            if (change is Change.Release)
                moved.Writer.TryWrite(true);
        });
        try
        {
            await host.StartedAsync(stoppingToken);
            await Task.Delay(HostStart.Quiet, time, stoppingToken);
            // There from the first start on: whoever copies the keys to other processes then copies this one too.
            keys.Current().Dispose();
            var due = time.GetUtcNow();
            while (true)
            {
                await Task.Delay(Settle, time, stoppingToken);
                var isDue = time.GetUtcNow() >= due;
                await LookAsync(isDue, stoppingToken);
                if (isDue)
                    due = time.GetUtcNow() + options.Every;
                await WaitAsync(due - time.GetUtcNow(), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task LookAsync(bool isDue, CancellationToken cancellationToken)
    {
        try
        {
            if (isDue || await HasPublishedAsync(cancellationToken))
            {
                if (await maker.MakeAsync(cancellationToken) is { IsOk: true })
                    copies.Wake();
            }
            else
            {
                await GrowSpansAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A disk or a database that is not there now: the trail is whole without a checkpoint, the next look makes it.
            Log.Failed(logger, exception);
        }
    }

    private async Task<bool> HasPublishedAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var covered = await db.AuditCheckpoints.MaxAsync(checkpoint => (long?)checkpoint.Size, cancellationToken) ?? 0;
        return await db.Audit.AnyAsync(entry => entry.Action == "release.publish" && entry.Sequence > covered, cancellationToken);
    }

    private async Task GrowSpansAsync(CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        var size = await db.AuditHead.Select(head => head.Sequence).FirstOrDefaultAsync(cancellationToken);
        await growth.GrowSpansAsync(size, cancellationToken);
    }

    private async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (atMost <= TimeSpan.Zero)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => limit.Cancel(), null, atMost, Timeout.InfiniteTimeSpan);
        try
        {
            await moved.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing moved until the next one is due.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "No checkpoint of the audit trail could be made; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
