using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Web.Auth;
using ReleaseDashboard.Web.Components.Feedback;
using ReleaseDashboard.Web.Components.Time;
using ReleaseDashboard.Web.Configuration;
using ReleaseDashboard.Web.History;
using ReleaseDashboard.Web.Images;
using ReleaseDashboard.Web.Layout;
using ReleaseDashboard.Web.Live;
using ReleaseDashboard.Web.Releases;
using ReleaseDashboard.Web.Releases.Side;
using ReleaseDashboard.Web.Security;
using ReleaseDashboard.Web.Webhooks;

namespace ReleaseDashboard.Web;

/// <summary>The web host as an object, so that tests build, start and dispose the very thing that ships.</summary>
public sealed class ReleaseWebApplication : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ReleaseWebApplication(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>The first address the server listens on; known once started.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features
        .Get<IServerAddressesFeature>()!.Addresses.First());

    public static ReleaseWebApplication Build(ReleaseWebOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. options.Arguments],
            ApplicationName = typeof(ReleaseWebApplication).Assembly.GetName().Name,
            EnvironmentName = options.EnvironmentName,
            ContentRootPath = options.ContentRoot,
        });
        // Also outside of Development: a build that was not published has its files in the source folders.
        builder.WebHost.UseStaticWebAssets();
        if (options.Urls is not null)
            builder.WebHost.UseUrls(options.Urls);

        // The framework's own way to files that are in no build: it says to nobody who may use it.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
        AddShell(builder.Services);
        builder.AddDashboard(options.IsWorker);
        options.Configure?.Invoke(builder);

        var app = builder.Build();
        UseShell(app);
        return new ReleaseWebApplication(app);
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => _app.StartAsync(cancellationToken);

    /// <summary>Ends with Ctrl-C, SIGTERM or the token.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops first: what runs is given back, and only then its services go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static void AddShell(IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<RelativeTimeTicker>();
        services.AddScoped<BrowserTimeProvider>();
        services.AddScoped<ShellState>();
        services.AddScoped<Notifier>();
        services.AddScoped<QuestionCall>();
        services.AddPages();
    }

    private static void UseShell(WebApplication app)
    {
        var options = app.Services.GetRequiredService<Configuration.DashboardOptions>();
        options.Proxies.Use(app);
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
            app.UseHsts();
        }

        app.UseSecurityHeaders(options.GitHubOAuth?.Authorization);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        // A request that the API cannot read is refused by the framework without a word; a script gets a problem, not a page.
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase), api => api.UseStatusCodePages());
        app.UseDashboardAuth();
        app.UseAntiforgery();
        app.UseFormRefusal();
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>()
            // SecurityHeaders sends the whole policy; a second header from the framework would only hide which one blocks.
            .AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null)
            // Pages say it themselves; what the framework adds to them is the hub, where AccessView stands at the door of each page.
            .Add(endpoint =>
            {
                if (!endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
                    endpoint.Metadata.Add(new SignedInAttribute());
            });
        app.MapDashboard();
        app.MapReleaseEndpoints();
        app.MapImageEndpoints();
        app.MapHistoryEndpoints();
        app.MapWebhooks();
    }
}
