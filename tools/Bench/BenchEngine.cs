using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.Infrastructure.Running;

namespace ReleaseDashboard.Bench;

/// <summary>A worker on SQLite in a folder of its own, with one project.</summary>
internal sealed class BenchEngine : IAsyncDisposable
{
    private static readonly Actor Maintainer = Actor.Person("bench", Roles.Maintainer);

    private readonly IHost host;
    private readonly string data;
    private readonly Guid project = Guid.CreateVersion7();
    private int started;

    private BenchEngine(IHost running, string folder) => (host, data) = (running, folder);

    public static async Task<BenchEngine> StartAsync(string playbook, IStep step)
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "bench.yml"), playbook);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        builder.Services.AddReleaseDashboard(new InfrastructureOptions(
            new DatabaseOptions { SqliteFile = Path.Combine(folder, "ledger.db") }, new WorkerOptions { DataFolder = folder }, folder));
        builder.Services.AddSingleton(step);
        var built = builder.Build();
        await built.Services.GetRequiredService<LedgerStore>().MigrateAsync(CancellationToken.None);
        await built.StartAsync();
        var engine = new BenchEngine(built, folder);
        await engine.AddProjectAsync();
        return engine;
    }

    /// <summary>Starts a release and returns when it is over.</summary>
    public async Task RunAsync(Func<bool> nearlyOver)
    {
        using var changed = new SemaphoreSlim(0);
        using var subscription = host.Services.GetRequiredService<ChangeFeed>().Subscribe(change =>
        {
            if (change is Change.Release)
                changed.Release();
        });
        var id = await ClickAsync();
        // Watching must cost nothing: the ledger is asked only when the last step has begun.
        while (!nearlyOver() || !await IsPublishedAsync(id))
            await changed.WaitAsync();
    }

    private async Task<bool> IsPublishedAsync(Guid id)
    {
        await using var db = host.Services.GetRequiredService<LedgerStore>().Read();
        return await db.Releases.AnyAsync(release => release.Id == id && release.Status == ReleaseStatus.Published);
    }

    /// <summary>What the start button does.</summary>
    public async Task<Guid> ClickAsync()
    {
        var (id, result) = await host.Services.GetRequiredService<StartRelease>()
            .RunAsync(Maintainer, new StartRequest(project, $"1.0.{started++}", "bench", new string('a', 40), null, ""), CancellationToken.None);
        return id ?? throw new InvalidOperationException(result.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        Directory.Delete(data, recursive: true);
    }

    private async Task AddProjectAsync() => await host.Services.GetRequiredService<LedgerStore>().WriteAsync(
        write =>
        {
            write.Db.Projects.Add(new ProjectRecord
            {
                Id = project,
                Name = "bench",
                Repository = "bench/bench",
                IsSandbox = true,
                Settings = new ProjectSettings { GitUrl = "https://git.example/b.git", WebUrl = "https://git.example/b", Package = "b", VersionFile = "b.py" },
                CreatedAt = write.Now,
                CreatedBy = "bench",
            });
            return Task.FromResult(true);
        },
        CancellationToken.None);
}
