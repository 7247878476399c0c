using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Web.Health;

/// <summary>The database answers and has the schema of this version.</summary>
internal sealed class DatabaseHealth(LedgerStore ledger) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = ledger.Read();
            var missing = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            return missing == 0 ? HealthCheckResult.Healthy("reachable, schema current") : HealthCheckResult.Unhealthy($"{missing} migrations are missing");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The message may name hosts and users; it goes to the log with the exception, not into the answer.
            return HealthCheckResult.Unhealthy("not reachable", exception);
        }
    }
}
