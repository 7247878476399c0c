using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Git;
using ReleaseDashboard.Sandbox.GitHub.Actions;
using ReleaseDashboard.Sandbox.GitHub.Actions.Rest;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.GitHub.Commits;
using ReleaseDashboard.Sandbox.GitHub.Hooks;
using ReleaseDashboard.Sandbox.GitHub.Pages;
using ReleaseDashboard.Sandbox.GitHub.Pulls;
using ReleaseDashboard.Sandbox.GitHub.Refs;
using ReleaseDashboard.Sandbox.GitHub.Releases;
using ReleaseDashboard.Sandbox.GitHub.Repositories;
using ReleaseDashboard.Sandbox.GitHub.Rest;
using ReleaseDashboard.Sandbox.GitHub.Statuses;
using ReleaseDashboard.Sandbox.Hosting;
using ReleaseDashboard.Sandbox.OAuth;
using ReleaseDashboard.Sandbox.State;
using ReleaseDashboard.Sandbox.Webhooks;

namespace ReleaseDashboard.Sandbox.GitHub;

/// <summary>Puts the simulated GitHub together.</summary>
internal static class GitHubServices
{
    internal static void AddGitHub(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SandboxRepositories(
            Path.Combine(provider.GetRequiredService<SandboxOptions>().DataFolder, "github"), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CheckScript(
            Path.Combine(provider.GetRequiredService<SandboxOptions>().DataFolder, "checks.json")));
        services.AddSingleton<GitHubUrls>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<SignInCodes>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<DeliveryLog>();
        services.AddSingleton<MergeRules>();
        services.AddSingleton<PullAnswer>();
        services.AddSingleton<PullEvents>();
        services.AddSingleton<CheckAnswer>();
        services.AddSingleton<CheckEvents>();
        services.AddSingleton<CheckStarter>();
        services.AddSingleton<PushPayload>();
        services.AddSingleton<RefPublisher>();
        services.AddSingleton<ReleasePublisher>();
        services.AddSingleton<CatchUp>();
        services.AddActions();
        services.AddHostedService<WebhookSender>();
        services.AddHostedService<CheckClock>();
    }

    internal static void UseGitHub(this IApplicationBuilder app)
    {
        app.UseMiddleware<EntityTags>();
        app.UseMiddleware<ApiMiddleware>();
    }

    internal static void MapGitHub(this IEndpointRouteBuilder app)
    {
        app.MapGit();
        app.MapProtection();
        app.MapPages();
        app.MapReviewButtons();
        app.MapOAuth();
        app.MapCheckControl();
        app.MapWorkflowControl();
        app.MapLogFiles();
        app.MapRunPages();
        app.MapAssetDownloads();
        app.MapGet("/sandbox/webhooks", (DeliveryLog deliveries) => Results.Json(deliveries.List(), SandboxJson.Compact));

        app.MapGroup("/api/v3").MapAccounts();
        app.MapGroup("/api/uploads/repos/{owner}/{repo}").MapAssetUploads();
        var repo = app.MapGroup("/api/v3/repos/{owner}/{repo}");
        repo.MapRepositories();
        repo.MapBranches();
        repo.MapRefs();
        repo.MapTags();
        repo.MapCommits();
        repo.MapContents();
        repo.MapPulls();
        repo.MapPullWrites();
        repo.MapLabels();
        repo.MapReviews();
        repo.MapMerge();
        repo.MapChecks();
        repo.MapCheckWrites();
        repo.MapActions();
        repo.MapStatuses();
        repo.MapReleases();
        repo.MapReleaseWrites();
        repo.MapAssets();
        repo.MapHooks();
    }
}
