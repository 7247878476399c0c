using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.GitHub.Actions.Rest;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Actions.Steps;

namespace ReleaseDashboard.Sandbox.GitHub.Actions;

/// <summary>Puts the workflows of the simulated GitHub together.</summary>
internal static class ActionsServices
{
    internal static void AddActions(this IServiceCollection services)
    {
        services.AddSingleton(provider => new WorkflowScript(Path.Combine(provider.GetRequiredService<SandboxOptions>().DataFolder, "workflows.json")));
        services.AddSingleton<RunAnswer>();
        services.AddSingleton<RunEvents>();
        services.AddSingleton<JobMaker>();
        services.AddSingleton<WorkflowStarter>();
        services.AddSingleton<IStepWork, BuildImageStep>();
        services.AddSingleton<IStepWork, MigrateImagesStep>();
        services.AddSingleton<IStepWork, PublishPackageStep>();
        services.AddSingleton<WorkflowClock>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkflowClock>());
    }

    internal static void MapActions(this IEndpointRouteBuilder repo)
    {
        repo.MapWorkflows();
        repo.MapDispatch();
        repo.MapRuns();
        repo.MapRunWrites();
        repo.MapLogs();
    }
}
