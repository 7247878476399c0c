using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Quartz;
using ReleaseDashboard.Infrastructure.Approvals;
using ReleaseDashboard.Infrastructure.Audit.Refusals;
using ReleaseDashboard.Infrastructure.Changelog;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.History;
using ReleaseDashboard.Infrastructure.Images;
using ReleaseDashboard.Infrastructure.Logs;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Playbooks;
using ReleaseDashboard.Infrastructure.Preparation;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.Infrastructure.Running;
using ReleaseDashboard.Infrastructure.Scheduling;
using ReleaseDashboard.Infrastructure.Secrets;
using ReleaseDashboard.Infrastructure.Steps;
using ReleaseDashboard.Infrastructure.Steps.Containers;
using ReleaseDashboard.Infrastructure.Webhooks;

namespace ReleaseDashboard.Infrastructure;

/// <summary>What a process of the product is made of, below the web.</summary>
/// <param name="Database">Where the ledger is.</param>
/// <param name="Worker">How this process works, and its data folder.</param>
/// <param name="PlaybookFolder">Folder of the playbooks.</param>
/// <param name="IsWorker">Whether this process runs steps.</param>
public sealed record InfrastructureOptions(DatabaseOptions Database, WorkerOptions Worker, string PlaybookFolder, bool IsWorker = true)
{
    /// <summary>The Docker Engine that builds and runs images on this worker.</summary>
    public EngineOptions Docker { get; init; } = new();

    /// <summary>How people are told.</summary>
    public NotificationOptions Notifications { get; init; } = new();
}

/// <summary>Registers everything below the web.</summary>
public static class InfrastructureServices
{
    /// <summary>How many releases may advance at once in this process.</summary>
    private const int Concurrency = 32;

    public static IServiceCollection AddReleaseDashboard(this IServiceCollection services, InfrastructureOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Database);
        services.AddSingleton(options.Worker);
        services.AddSingleton(options.Docker);
        services.AddSingleton<EngineClient>();
        services.AddLedger(options.Database);
        services.AddReleases(options.PlaybookFolder);
        services.AddApprovals();
        services.AddPreparation();
        services.AddImages();
        services.AddHistory();
        services.AddChangelog();
        services.AddStepKinds();
        services.AddRunning(options.Worker);
        services.AddNotifications(options.Notifications, options.IsWorker);
        if (options.IsWorker)
            services.AddWorker();
        return services;
    }

    private static void AddLedger(this IServiceCollection services, DatabaseOptions database)
    {
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<LedgerContextFactory>();
        services.AddSingleton<LedgerStore>();
        services.AddSingleton<LogStore>();
        services.AddSingleton<SecretVault>();
        services.AddSingleton<SecretActions>();
        services.TryAddSingleton<RefusalTrail>();
        services.AddHostedService<RefusalFlush>();
        if (database.Postgres is { } connection)
        {
            services.AddHostedService(provider => new PostgresChangeListener(
                connection, provider.GetRequiredService<ChangeFeed>(), provider.GetRequiredService<ILogger<PostgresChangeListener>>(), provider.GetRequiredService<TimeProvider>()));
        }
    }

    private static void AddReleases(this IServiceCollection services, string playbookFolder)
    {
        services.AddSingleton(provider => new PlaybookLibrary(playbookFolder, provider.GetRequiredService<StepCatalogue>()));
        services.AddSingleton<ReleaseSnapshots>();
        services.AddSingleton<ReleaseQueries>();
        services.AddSingleton<StartRelease>();
        services.AddSingleton<StepActionRunner>();
        services.AddSingleton<RetryStep>();
        services.AddSingleton<SkipStep>();
        services.AddSingleton<MarkStepDone>();
        services.AddSingleton<TickItem>();
        services.AddSingleton<DecideApproval>();
        services.AddSingleton<CommentOnStep>();
        services.AddSingleton<AbortRelease>();
        services.AddSingleton<HandOverRelease>();
        services.AddSingleton<ReleaseActions>();
        services.AddSingleton<ReleaseDetails>();
        services.AddSingleton<ReleaseDiffs>();
        services.AddSingleton<GitHubWebhook>();
    }

    private static void AddRunning(this IServiceCollection services, WorkerOptions options)
    {
        services.AddSingleton<StepCatalogue>();
        services.AddSingleton(provider => WorkerIdentity.ForThisProcess(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(ProcessEnvironment.WithHome(Path.Combine(options.DataFolder, "home")));
        services.AddSingleton<ProcessRunner>();
        services.AddSingleton<OrphanProcesses>();
        services.AddSingleton<Orphans>();
        services.AddSingleton<CrashPoint>();
        services.AddSingleton<EngineQueries>();
        services.AddSingleton<StepLedger>();
        services.AddSingleton<OutcomeWriter>();
        services.AddSingleton<StepContexts>();
        services.AddSingleton<PublicationGate>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<ReleaseRunner>();
        services.AddSingleton<LeasePatrol>();
    }

    private static void AddWorker(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(Concurrency);
            quartz.AddJob<AdvanceReleaseJob>(job => job.WithIdentity(WakeScheduler.Job).StoreDurably());
        });
        services.Configure<QuartzHostedServiceOptions>(quartz => quartz.WaitForJobsToComplete = true);
        // Started by the worker once the web is there, not with it.
        services.AddSingleton<QuartzHostedService>();
        services.AddSingleton<WakeScheduler>();
        services.AddHostedService<WorkerService>();
        services.AddHostedService<ReleaseFactsFill>();
        services.AddHostedService<AbortedImages>();
    }
}
