using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Infrastructure.Audit.Checkpoints;
using ReleaseDashboard.Infrastructure.Audit.Exporting;
using ReleaseDashboard.Infrastructure.Audit.Listing;
using ReleaseDashboard.Infrastructure.Audit.Tree;

namespace ReleaseDashboard.Infrastructure.Audit;

public static class AuditServices
{
    /// <param name="makesCheckpoints">Whether this process signs on the schedule and brings copies to where they are kept.</param>
    public static IServiceCollection AddAudit(this IServiceCollection services, AuditOptions options, bool makesCheckpoints)
    {
        services.AddSingleton(options);
        services.AddSingleton(new CheckpointKeys(options.KeyFolder));
        services.AddSingleton<AuditQueries>().AddSingleton<AuditExport>().AddSingleton<AuditVerify>();
        services.AddSingleton<AuditTree>().AddSingleton<CheckpointMaker>().AddSingleton<CheckpointQueries>().AddSingleton<RotateCheckpointKey>();
        if (makesCheckpoints)
        {
            services.AddSingleton<CheckpointCopies>();
            services.AddHostedService(provider => provider.GetRequiredService<CheckpointCopies>());
            services.AddHostedService<CheckpointSchedule>();
        }
        return services;
    }
}
