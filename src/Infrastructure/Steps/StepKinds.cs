using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Steps;

/// <summary>Every kind of step: one line each.</summary>
public static class StepKinds
{
    public static IServiceCollection AddStepKinds(this IServiceCollection services)
    {
        services.AddSingleton<IStep, People.ChecklistStep>();
        services.AddSingleton<IStep, People.ApprovalStep>();
        return services;
    }
}
