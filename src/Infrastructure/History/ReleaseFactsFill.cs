using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Scheduling;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>
/// Writes the facts and commits of releases that ended before there were such. Runs once the server is there, in small batches, and begins
/// where an earlier run was cut off: a release without a row is one that is still to do.
/// </summary>
public sealed partial class ReleaseFactsFill(LedgerStore ledger, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ReleaseFactsFill> logger) : BackgroundService
{
    private const int Batch = 50;

    /// <summary>Fills all that is missing and returns how many there were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (filled, after) = (0, Guid.Empty);
        while (await NextAsync(after, cancellationToken) is { Count: > 0 } ids)
        {
            filled += await ledger.WriteAsync(write => FillAsync(write, ids), cancellationToken);
            after = ids[^1];
        }
        return filled;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.StartedAsync(stoppingToken);
            await Task.Delay(HostStart.Quiet, time, stoppingToken);
            if (await RunAsync(stoppingToken) is > 0 and var filled)
                Log.Filled(logger, filled);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
        catch (Exception exception)
        {
            // History lacks old releases until the next start; nothing else depends on it.
            Log.Failed(logger, exception);
        }
    }

    private async Task<List<Guid>> NextAsync(Guid after, CancellationToken cancellationToken)
    {
        await using var db = ledger.Read();
        return await db.Releases
            .Where(release => release.Id > after && (release.Status == ReleaseStatus.Published || release.Status == ReleaseStatus.Aborted))
            .Where(release => !db.ReleaseFacts.Any(facts => facts.ReleaseId == release.Id) || !db.ReleaseCommits.Any(own => own.ReleaseId == release.Id))
            .OrderBy(release => release.Id).Take(Batch).Select(release => release.Id).ToListAsync(cancellationToken);
    }

    private static async Task<int> FillAsync(LedgerTransaction write, List<Guid> ids)
    {
        foreach (var id in ids)
        {
            // Another process may fill too: the row of the release keeps them apart.
            if (await write.LockReleaseAsync(id) is { } release && ReleaseProgress.IsOver(release.Status))
                await ReleaseFactsWriter.AddAsync(write.Db, release, write.CancellationToken);
        }
        return ids.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The facts of {Count} releases that ended earlier are written.")]
        public static partial void Filled(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Error, "The facts of releases that ended earlier could not be written; the next start tries again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
