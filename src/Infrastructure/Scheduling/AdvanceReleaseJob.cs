using Quartz;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Scheduling;

/// <summary>Advances one release. May run twice at once for the same release: the ledger lets only one take each step.</summary>
internal sealed class AdvanceReleaseJob(ReleaseRunner runner, WakeScheduler scheduler) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var releaseId = Guid.ParseExact(context.MergedJobDataMap.GetString(WakeScheduler.ReleaseId)!, "N");
        if (await runner.AdvanceAsync(releaseId, cancellationToken) is { } at)
            await scheduler.WakeAtAsync(releaseId, at, cancellationToken);
    }
}
