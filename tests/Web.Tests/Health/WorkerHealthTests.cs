using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.Web.Health;

namespace ReleaseDashboard.Web.Tests.Health;

public sealed class WorkerHealthTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Worker_FromItsStartToItsEnd_SaysWhatIsSo(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var clock = new Clock { Now = TimeProvider.System.GetUtcNow() };
        var health = new WorkerHealth(database.Ledger, new WorkerIdentity("worker-1", "here", []), clock);
        await health.StartAsync(Stop);

        clock.Now += TimeSpan.FromSeconds(10);
        (await LookAsync(health)).ShouldBe((HealthStatus.Degraded, "starting"));
        clock.Now += TimeSpan.FromSeconds(25);
        (await LookAsync(health)).ShouldBe((HealthStatus.Unhealthy, "has not shown itself for 35 s, since it started"));

        await database.Ledger.AppendAsync(
            async db =>
            {
                db.Workers.Add(new WorkerRecord { Name = "worker-1", Host = "here", Labels = [], StartedAt = clock.Now, SeenAt = clock.Now });
                await db.SaveChangesAsync(Stop);
            },
            Stop);
        clock.Now += TimeSpan.FromSeconds(5);
        (await LookAsync(health)).ShouldBe((HealthStatus.Healthy, "alive"));
        clock.Now += TimeSpan.FromSeconds(40);
        (await LookAsync(health)).ShouldBe((HealthStatus.Unhealthy, "has not shown itself for 45 s, since it was last seen"));
    }

    private static async Task<(HealthStatus, string?)> LookAsync(WorkerHealth health)
    {
        var result = await health.CheckHealthAsync(new HealthCheckContext(), Stop);
        return (result.Status, result.Description);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
