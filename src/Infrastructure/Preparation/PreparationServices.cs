using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Python;

namespace ReleaseDashboard.Infrastructure.Preparation;

/// <summary>Everything a maintainer sees before anything runs.</summary>
public static class PreparationServices
{
    public static IServiceCollection AddPreparation(this IServiceCollection services)
    {
        services.TryAddSingleton<GitHubClients>();
        services.TryAddSingleton<PackageIndexes>();
        return services;
    }
}
