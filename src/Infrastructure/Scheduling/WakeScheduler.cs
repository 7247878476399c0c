using Quartz;

namespace ReleaseDashboard.Infrastructure.Scheduling;

/// <summary>
/// Wakes releases: at once after a change, later when a waiting step wants to look again. It holds no state of its own:
/// the ledger's rows say what is due, so a lost wake-up costs one patrol and nothing else.
/// </summary>
public sealed class WakeScheduler(ISchedulerFactory factory)
{
    internal const string ReleaseId = "release";
    internal static readonly JobKey Job = new("advance-release");

    public async Task WakeAsync(Guid releaseId, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(Job, new JobDataMap { [ReleaseId] = releaseId.ToString("N") }, cancellationToken);
    }

    /// <summary>Replaces the release's earlier alarm.</summary>
    public async Task WakeAtAsync(Guid releaseId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        var trigger = TriggerBuilder.Create()
            .WithIdentity($"alarm-{releaseId:N}").ForJob(Job).UsingJobData(ReleaseId, releaseId.ToString("N")).StartAt(at).Build();
        if (await scheduler.RescheduleJob(trigger.Key, trigger, cancellationToken) is not null)
            return;
        try
        {
            await scheduler.ScheduleJob(trigger, new ScheduleJobOptions(), cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another runner of the same release set its alarm between the two calls.
            await scheduler.RescheduleJob(trigger.Key, trigger, cancellationToken);
        }
    }
}
