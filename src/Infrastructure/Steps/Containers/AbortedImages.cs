using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Scheduling;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Takes the images of aborted releases from this worker's Docker Engine. It looks at the engine now and then instead of being told of an
/// abort: a build that was under way then may give its image a name after that, and every worker has an engine of its own.
/// </summary>
public sealed partial class AbortedImages(LedgerStore ledger, EngineClient engine, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AbortedImages> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Looks once. What cannot be removed is logged, and tried again the next time.</summary>
    /// <returns>How many names were taken away; or why the engine could not be looked at.</returns>
    public async Task<Result<int, EngineError>> SweepAsync(CancellationToken cancellationToken)
    {
        var images = await engine.NamesAsync($"{LocalImages.Family}/*", cancellationToken);
        if (!images.IsOk)
            return images.Error;
        var releases = images.Value.Select(name => (Name: name, Release: LocalImages.ReleaseOf(name))).Where(own => own.Release is not null).ToLookup(own => own.Release!.Value, own => own.Name);
        var removed = 0;
        foreach (var release in await AbortedAsync([.. releases.Select(own => own.Key)], cancellationToken))
            removed += await RemoveAsync(release, releases[release], cancellationToken);
        return removed;
    }

    private async Task<int> RemoveAsync(Guid release, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var name in names)
        {
            var gone = await engine.RemoveImageAsync(name, force: false, cancellationToken);
            if (gone.IsOk)
                removed++;
            else if (gone.Error.Kind != EngineFailure.NotFound)
                Log.Stays(logger, name, release, gone.Error.ToString());
        }
        if (removed > 0)
            Log.Removed(logger, removed, release);
        return removed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await lifetime.StartedAsync(stoppingToken);
            await Task.Delay(HostStart.Quiet, time, stoppingToken);
            using var timer = new PeriodicTimer(Interval, time);
            do
                await TryAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Most workers have no engine: that is no fault as long as nothing is built.
            if (await SweepAsync(cancellationToken) is { IsOk: false } unseen)
                Log.NoEngine(logger, unseen.Error.ToString());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The ledger or the engine is away: the images can wait.
            Log.Failed(logger, exception);
        }
    }

    // An engine may serve several installations: what this ledger does not know is not touched.
    private async Task<List<Guid>> AbortedAsync(IReadOnlyList<Guid> releases, CancellationToken cancellationToken)
    {
        if (releases.Count == 0)
            return [];
        await using var db = ledger.Read();
        return await db.Releases.Where(release => releases.Contains(release.Id) && release.Status == ReleaseStatus.Aborted).Select(release => release.Id).ToListAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} images of the aborted release {Release} are taken from the engine.")]
        public static partial void Removed(ILogger logger, int count, Guid release);

        [LoggerMessage(2, LogLevel.Warning, "The image {Image} of the aborted release {Release} stays on the engine: {Reason}")]
        public static partial void Stays(ILogger logger, string image, Guid release, string reason);

        [LoggerMessage(3, LogLevel.Debug, "The engine was not looked at for images of aborted releases: {Reason}")]
        public static partial void NoEngine(ILogger logger, string reason);

        [LoggerMessage(4, LogLevel.Warning, "Images of aborted releases could not be looked for; it is tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
