using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ReleaseDashboard.Web.Health;

internal static class HealthEndpoints
{
    public static void AddHealth(this IServiceCollection services, bool isWorker)
    {
        var checks = services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        if (!isWorker)
            return;
        services.AddSingleton<WorkerHealth>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkerHealth>());
        checks.AddCheck<WorkerHealth>("worker");
    }

    /// <summary>Live: the process answers. Ready: it can do its work; 503 when not, or not yet.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            ResponseWriter = WriteAsync,
            // The framework takes degraded for good enough. Here it means that the worker is still starting.
            ResultStatusCodes =
            {
                [HealthStatus.Healthy] = StatusCodes.Status200OK,
                [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable,
                [HealthStatus.Unhealthy] = StatusCodes.Status503ServiceUnavailable,
            },
        }).AllowAnonymous();
    }

    private static Task WriteAsync(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(new
    {
        status = report.Status switch
        {
            HealthStatus.Healthy => "healthy",
            HealthStatus.Degraded => "starting",
            _ => "unhealthy",
        },
        checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { healthy = entry.Value.Status == HealthStatus.Healthy, says = entry.Value.Description }),
    }, http.RequestAborted);
}
