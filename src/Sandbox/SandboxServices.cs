using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.GitHub;
using ReleaseDashboard.Sandbox.Import;
using ReleaseDashboard.Sandbox.Indexes;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox;

/// <summary>The one list of simulated services: each feature adds one line to each method.</summary>
internal static class SandboxServices
{
    internal static void AddSandboxServices(this IServiceCollection services)
    {
        services.AddEffectLog();
        services.AddFaultRules();
        services.AddGitHub();
        services.AddPackageIndexes();
        services.AddRegistries();
        services.AddDemo();
    }

    internal static void MapSandboxServices(this WebApplication app)
    {
        app.MapEffects();
        app.MapFaults();
        app.MapGitHub();
        app.MapPackageIndexes();
        app.MapRegistryControls();
        app.MapImport();
    }
}
