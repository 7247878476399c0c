using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Preparation.Checks;
using ReleaseDashboard.Infrastructure.Preparation.Drafts;
using ReleaseDashboard.Infrastructure.Preparation.Mirrors;
using ReleaseDashboard.Infrastructure.Preparation.Overview;
using ReleaseDashboard.Infrastructure.Preparation.Plans;
using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Preparation;

/// <summary>Everything a maintainer sees before anything runs.</summary>
public static class PreparationServices
{
    public static IServiceCollection AddPreparation(this IServiceCollection services)
    {
        services.TryAddSingleton<GitHubClients>();
        services.TryAddSingleton<PackageIndexes>();
        services.TryAddSingleton(provider => new RegistryClients(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(new GitOptions());
        services.AddSingleton<ProjectSessions>();
        services.AddSingleton<ProjectMirrors>();
        services.AddSingleton<MirrorCheckouts>();
        services.AddSingleton<ReleasePreparation>();
        services.AddSingleton<DraftStore>();
        services.AddSingleton<PackageReader>();
        services.AddSingleton<SubmoduleReader>();
        services.AddSingleton<ReleaseReader>();
        services.AddSingleton<ProjectOverviews>();
        services.AddSingleton<ReadinessSources>();
        services.AddSingleton<Readiness>();
        services.AddSingleton<StepPlanner>();
        services.AddSingleton<ReleasePlans>();
        return services;
    }
}
