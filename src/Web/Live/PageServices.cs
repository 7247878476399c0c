using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Web.Home.Asks;
using ReleaseDashboard.Web.Home.Health;
using ReleaseDashboard.Web.Projects.Add;
using ReleaseDashboard.Web.Sandbox;

namespace ReleaseDashboard.Web.Live;

/// <summary>What pages share beyond the ledger's own reading.</summary>
internal static class PageServices
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<Approvals.Deciders>();
        services.AddSingleton<ReleaseViews>();
        services.AddSingleton<AskReader>();
        services.AddSingleton<LedgerHealth>();
        services.AddSingleton<Remotes>();
        services.AddSingleton(provider => new RepositorySource(
            provider.GetRequiredService<SecretVault>(), provider.GetService<SandboxHosting>(), provider.GetService<SandboxWebhooks>()));
        return services;
    }
}
