using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.GitHub;

namespace ReleaseDashboard.Sandbox;

/// <summary>The one list of simulated services: each feature adds one line to each method.</summary>
internal static class SandboxServices
{
    internal static void AddSandboxServices(this IServiceCollection services)
    {
        services.AddEffectLog();
        services.AddFaultRules();
        services.AddGitHub();
        // Package indexes: services.AddPackageIndexes();
    }

    internal static void MapSandboxServices(this WebApplication app)
    {
        app.MapEffects();
        app.MapFaults();
        app.MapGitHub();
        // Package indexes: app.MapPackageIndexes();
    }
}
