using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Web.Health;

/// <summary>This process's worker has shown itself lately.</summary>
internal sealed class WorkerHealth(LedgerStore ledger, WorkerIdentity worker, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = ledger.Read();
        var seen = await db.Workers.Where(record => record.Name == worker.Name).Select(record => (DateTimeOffset?)record.SeenAt).FirstOrDefaultAsync(cancellationToken);
        return seen is { } at && time.GetUtcNow() - at < Limit ? HealthCheckResult.Healthy("alive") : HealthCheckResult.Unhealthy("has not shown itself for 30 s");
    }
}
