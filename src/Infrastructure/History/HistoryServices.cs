using Microsoft.Extensions.DependencyInjection;

namespace ReleaseDashboard.Infrastructure.History;

public static class HistoryServices
{
    public static IServiceCollection AddHistory(this IServiceCollection services)
    {
        services.AddSingleton<HistoryChoices>();
        services.AddSingleton<HistoryProjects>();
        services.AddSingleton<HistoryReader>();
        services.AddSingleton<HistoryTrends>();
        services.AddSingleton<ProjectBadges>();
        services.AddSingleton<HistoryExport>();
        services.AddSingleton<ReleaseTimelines>();
        services.AddSingleton<ReleaseComparisons>();
        services.AddSingleton<PackageContents>();
        return services;
    }
}
