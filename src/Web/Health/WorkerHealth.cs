using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Web.Health;

/// <summary>
/// This process's worker has shown itself lately. Until it does so for the first time it is starting, which is neither good nor a
/// failure; one that never does so within the limit is one. Hosted only to know when that time began.
/// </summary>
internal sealed class WorkerHealth(LedgerStore ledger, WorkerIdentity worker, TimeProvider time) : IHealthCheck, IHostedService
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private DateTimeOffset started = time.GetUtcNow();

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = ledger.Read();
        var seen = await db.Workers.Where(record => record.Name == worker.Name).Select(record => (DateTimeOffset?)record.SeenAt).FirstOrDefaultAsync(cancellationToken);
        var silent = time.GetUtcNow() - (seen ?? started);
        if (silent < Limit)
            return seen is null ? HealthCheckResult.Degraded("starting") : HealthCheckResult.Healthy("alive");
        var since = seen is null ? "since it started" : "since it was last seen";
        return HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"has not shown itself for {silent.TotalSeconds:0} s, {since}"));
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        started = time.GetUtcNow();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
