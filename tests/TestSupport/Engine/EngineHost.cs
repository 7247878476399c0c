using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.TestSupport.Engine;

/// <summary>A worker process without the web: ledger, scheduler and the given step kinds, on one database.</summary>
public sealed class EngineHost : IAsyncDisposable
{
    public static Actor Maintainer { get; } = Actor.Person("maintainer", Roles.Viewer | Roles.Maintainer);
    public static Actor Reviewer { get; } = Actor.Person("reviewer", Roles.Viewer | Roles.Reviewer);

    private readonly IHost host;
    private readonly string data;

    private EngineHost(IHost running, string folder) => (host, data) = (running, folder);

    public IServiceProvider Services => host.Services;

    public LedgerStore Ledger => Get<LedgerStore>();

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Starts a worker.</summary>
    /// <param name="database">Where the ledger is; hosts on the same database are workers side by side.</param>
    /// <param name="playbook">Text of the playbook <c>test</c>.</param>
    public static Task<EngineHost> StartAsync(DatabaseOptions database, string playbook, params IReadOnlyList<IStep> steps) =>
        StartAsync(database, new NotificationOptions(), playbook, steps);

    /// <summary>Starts a worker that tells people as the options say.</summary>
    public static async Task<EngineHost> StartAsync(DatabaseOptions database, NotificationOptions notifications, string playbook, params IReadOnlyList<IStep> steps)
    {
        var folder = Directory.CreateTempSubdirectory("engine-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "playbooks"));
        await File.WriteAllTextAsync(Path.Combine(folder, "playbooks", "test.yml"), playbook);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        builder.Services.AddReleaseDashboard(new InfrastructureOptions(database, new WorkerOptions { DataFolder = folder }, Path.Combine(folder, "playbooks")) { Notifications = notifications });
        foreach (var step in steps)
            builder.Services.AddSingleton(step);
        var built = builder.Build();
        await built.Services.GetRequiredService<LedgerStore>().MigrateAsync(CancellationToken.None);
        await built.StartAsync();
        return new EngineHost(built, folder);
    }

    /// <summary>Starts a release of a new project with the playbook <c>test</c>.</summary>
    public async Task<Guid> StartReleaseAsync(string version = "1.2.0", Func<ProjectSettings, ProjectSettings>? change = null)
    {
        var project = Guid.CreateVersion7();
        var settings = new ProjectSettings { GitUrl = "https://git.example/p.git", WebUrl = "https://git.example/p", Package = "p", VersionFile = "p.py" };
        await Ledger.WriteAsync(
            write =>
            {
                write.Db.Projects.Add(new ProjectRecord
                {
                    Id = project,
                    Name = $"p{project:N}",
                    Repository = "example/p",
                    IsSandbox = true,
                    Settings = change is null ? settings : change(settings),
                    CreatedAt = write.Now,
                    CreatedBy = "test",
                });
                return Task.FromResult(true);
            },
            CancellationToken.None);
        var (id, result) = await Get<StartRelease>().RunAsync(Maintainer, new StartRequest(project, version, "test", new string('a', 40), null, ""), CancellationToken.None);
        return id ?? throw new InvalidOperationException(result.Message);
    }

    /// <summary>Waits until the release looks as wanted; fails with its state after the deadline.</summary>
    public async Task<ReleaseView> WaitAsync(Guid release, Func<ReleaseView, bool> until, int seconds = 30)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var changed = new SemaphoreSlim(1);
        using var subscription = Get<ChangeFeed>().Subscribe(_ => changed.Release());
        ReleaseView? view = null;
        try
        {
            while (true)
            {
                // The feed says when; the short limit covers notices of other processes.
                await changed.WaitAsync(TimeSpan.FromMilliseconds(200), deadline.Token);
                view = await Get<ReleaseQueries>().FindAsync(release, deadline.Token);
                if (view is not null && until(view))
                    return view;
            }
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            var steps = string.Join(", ", view?.Steps.Select(step => $"{step.Key}={step.Status} {step.Error?.What} {step.Error?.Why}") ?? []);
            throw new TimeoutException($"After {seconds} s the release is {view?.Status}: {steps}", late);
        }
    }

    public Task<ReleaseView> WaitForAsync(Guid release, ReleaseStatus status) => WaitAsync(release, view => view.Status == status);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        Directory.Delete(data, recursive: true);
    }
}
