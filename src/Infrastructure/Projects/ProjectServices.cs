using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Infrastructure.Projects.Proposals;

namespace ReleaseDashboard.Infrastructure.Projects;

public static class ProjectServices
{
    /// <param name="allowFile">Whether the sandbox is there, whose repositories may be folders.</param>
    public static IServiceCollection AddProjects(this IServiceCollection services, bool allowFile)
    {
        services.AddSingleton(new ProjectRules(allowFile));
        services.AddSingleton<CreateProject>();
        services.AddSingleton<UpdateProject>();
        services.AddSingleton<ProjectQueries>();
        services.AddSingleton<ProjectProposals>();
        return services;
    }
}
