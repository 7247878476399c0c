using Microsoft.Extensions.DependencyInjection;

namespace ReleaseDashboard.Infrastructure.Changelog;

public static class ChangelogServices
{
    public static IServiceCollection AddChangelog(this IServiceCollection services)
    {
        services.AddSingleton<ChangelogDrafts>();
        services.AddSingleton<NotesStore>();
        return services;
    }
}
