using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Scheduling;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>
/// Brings every checkpoint to the places where copies are kept. What a place has taken is remembered, so that none is
/// left out over a restart; a place that does not answer is tried again with growing pauses and holds nothing else up.
/// </summary>
internal sealed partial class CheckpointCopies(LedgerStore ledger, AuditOptions options, IHostApplicationLifetime host, TimeProvider time, ILogger<CheckpointCopies> logger) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private readonly List<Channel<bool>> wakes = [];

    /// <summary>Says that there is a new checkpoint.</summary>
    public void Wake()
    {
        lock (wakes)
        {
            foreach (var wake in wakes)
                wake.Writer.TryWrite(true);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var webhook = options.WebhookUrl is { } url ? new CheckpointWebhook(url, options.WebhookSecret, options.StateFolder, time) : null;
        List<ICheckpointPlace> places = [];
        if (options.File is { } file)
            places.Add(new CheckpointFile(file));
        if (webhook is not null)
            places.Add(webhook);
        if (places.Count == 0)
            return;
        await Task.WhenAll(places.Select(place => ServeAsync(place, stoppingToken)));
    }

    private async Task ServeAsync(ICheckpointPlace place, CancellationToken cancellationToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (wakes)
            wakes.Add(wake);
        var pause = FirstPause;
        try
        {
            await host.StartedAsync(cancellationToken);
            while (true)
            {
                if (await BringAsync(place, cancellationToken) is { } trouble)
                {
                    Log.Failed(logger, place.Name, trouble, pause);
                    await Task.Delay(pause, time, cancellationToken);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                    continue;
                }
                pause = FirstPause;
                await wake.Reader.ReadAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops; the next start goes on from what the place has taken.
        }
    }

    /// <returns>What went wrong, or null when the place has every checkpoint.</returns>
    private async Task<string?> BringAsync(ICheckpointPlace place, CancellationToken cancellationToken)
    {
        try
        {
            var taken = await place.TakenAsync(cancellationToken);
            while (true)
            {
                await using var db = ledger.Read();
                var next = await db.AuditCheckpoints.Where(checkpoint => checkpoint.Size > taken).OrderBy(checkpoint => checkpoint.Size)
                    .Select(checkpoint => new { checkpoint.Size, checkpoint.Text }).Take(Batch).ToListAsync(cancellationToken);
                if (next.Count == 0)
                    return null;
                foreach (var checkpoint in next)
                {
                    if (SignedCheckpoint.Read(checkpoint.Text) is { } signed)
                        await place.TakeAsync(signed, cancellationToken);
                    taken = checkpoint.Size;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException or System.Data.Common.DbException
                                          || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return exception.Message;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A checkpoint of the audit trail could not be brought to {Place}: {Trouble} It is tried again in {Pause}.")]
        public static partial void Failed(ILogger logger, string place, string trouble, TimeSpan pause);
    }
}
