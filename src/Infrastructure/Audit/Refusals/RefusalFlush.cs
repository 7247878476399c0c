using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ReleaseDashboard.Infrastructure.Audit.Refusals;

/// <summary>Writes the last count of a flood of refusals, after which no other one comes that would carry it.</summary>
internal sealed partial class RefusalFlush(RefusalTrail trail, TimeProvider time, ILogger<RefusalFlush> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RefusalTrail.Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await FlushAsync(everything: false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FlushAsync(everything: true);
        }
    }

    private async Task FlushAsync(bool everything)
    {
        try
        {
            await trail.FlushAsync(everything);
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or IOException)
        {
            // The counts are kept; the next turn writes them.
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Refused calls could not be written into the audit trail; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
