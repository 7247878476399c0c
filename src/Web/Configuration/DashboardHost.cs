using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Web.Api;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Health;
using ReleaseDashboard.Web.Sandbox;

namespace ReleaseDashboard.Web.Configuration;

/// <summary>Adds the product to the web host: configuration, ledger, people, API, health.</summary>
internal static class DashboardHost
{
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    public static void AddDashboard(this WebApplicationBuilder builder, bool isWorker)
    {
        var options = DashboardOptionsReader.Read(builder.Configuration);
        // Before everything that works on the ledger: hosted services start in the order of their registration.
        builder.Services.AddHostedService<LedgerStart>();
        if (options.IsSandbox)
        {
            builder.Services.AddSingleton<SandboxHosting>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<SandboxHosting>());
            builder.Services.AddSingleton<SandboxWebhooks>();
            builder.Services.AddHostedService(provider => provider.GetRequiredService<SandboxWebhooks>());
        }
        builder.Services.AddDashboardCore(options, isWorker);
        builder.Services.AddWebAuth(options);
        builder.Services.AddApi();
        builder.Services.AddHealth(isWorker);
        builder.Services.AddHostedService<FirstRunNotice>();
    }

    public static void UseDashboardAuth(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        var gate = app.Services.GetRequiredService<AccessGate>();
        app.Use((http, next) => gate.PassAsync(http, next));
    }

    public static void MapDashboard(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<DashboardOptions>();
        app.MapSignIn(options);
        app.MapSetup(options);
        app.MapAccount(options);
        app.MapHealth();
        app.MapApi();
    }
}
