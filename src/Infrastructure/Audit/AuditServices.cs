using Microsoft.Extensions.DependencyInjection;

namespace ReleaseDashboard.Infrastructure.Audit;

public static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddSingleton<AuditQueries>().AddSingleton<AuditVerify>();
}
