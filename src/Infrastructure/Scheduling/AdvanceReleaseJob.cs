using Quartz;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Infrastructure.Scheduling;

/// <summary>Advances one release. May run twice at once for the same release: the ledger lets only one take each step.</summary>
internal sealed class AdvanceReleaseJob(ReleaseRunner runner, WakeScheduler scheduler) : IJob
{
    public async Task Execute(IJobExecutionContext context)
    {
        var releaseId = Guid.ParseExact(context.MergedJobDataMap.GetString(WakeScheduler.ReleaseId)!, "N");
        if (await runner.AdvanceAsync(releaseId, context.CancellationToken) is { } at)
            await scheduler.WakeAtAsync(releaseId, at, context.CancellationToken);
    }
}
