using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Api;

/// <summary>A running product with a worker, a remote, and two people with tokens.</summary>
internal sealed class ApiTest : IAsyncDisposable
{
    private readonly TestDatabase database;

    private ApiTest(TestDatabase used, TestDashboard dashboard, HttpClient maintainer, HttpClient reviewer)
    {
        database = used;
        (Dashboard, Maintainer, Reviewer) = (dashboard, maintainer, reviewer);
    }

    public TestDashboard Dashboard { get; }

    public HttpClient Maintainer { get; }

    public HttpClient Reviewer { get; }

    public GitRemoteFolder Remote { get; } = new();

    public static async Task<ApiTest> StartAsync(DatabaseKind kind, string playbook)
    {
        var fresh = await TestDatabase.CreateAsync(kind);
        var playbooks = Directory.CreateDirectory(Path.Combine(fresh.DataFolder, "playbooks")).FullName;
        await File.WriteAllTextAsync(Path.Combine(playbooks, "people.yml"), playbook);
        var dashboard = await TestDashboard.StartAsync(sandbox: true, fresh, [$"Playbooks={playbooks}"], isWorker: true);
        var maintainer = dashboard.OpenApi(await dashboard.AddTokenAsync("mia", Roles.Viewer | Roles.Maintainer));
        var reviewer = dashboard.OpenApi(await dashboard.AddTokenAsync("rita", Roles.Viewer | Roles.Reviewer));
        return new ApiTest(fresh, dashboard, maintainer, reviewer);
    }

    public object NewProject() => new
    {
        name = "hello",
        repository = "example/hello",
        isSandbox = true,
        settings = new { gitUrl = Remote.Url, webUrl = "https://git.example/hello", package = "hello", versionFile = "hello.py" },
    };

    /// <summary>Waits until the step has this status, as a script would: by reading again.</summary>
    public async Task<JsonElement> WaitForStepAsync(Guid release, string key, string status)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var read = await Reviewer.GetFromJsonAsync<JsonElement>($"releases/{release}", deadline.Token);
            var step = read.GetProperty("stages").EnumerateArray().SelectMany(stage => stage.GetProperty("steps").EnumerateArray())
                .Single(found => found.GetProperty("key").GetString() == key);
            if (step.GetProperty("status").GetString() == status)
                return step;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>An attempt as a worker in another process would have it: unfinished, with no lines yet.</summary>
    public async Task<Guid> AddAttemptAsync(Guid release, string key)
    {
        var id = Guid.CreateVersion7();
        await Dashboard.Database.Ledger.AppendAsync(
            async db =>
            {
                var step = await db.Steps.SingleAsync(record => record.ReleaseId == release && record.Key == key);
                db.Attempts.Add(new AttemptRecord
                {
                    Id = id, ReleaseId = release, StepId = step.Id, Number = 50, Fence = 50, Worker = "other", IdempotencyKey = "k", IntentDigest = "d", StartedAt = TimeProvider.System.GetUtcNow(),
                });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        return id;
    }

    public Task FinishAttemptAsync(Guid attempt) => Dashboard.Database.Ledger.AppendAsync(
        async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            await db.Attempts.Where(record => record.Id == attempt).ExecuteUpdateAsync(set => set.SetProperty(record => record.FinishedAt, now));
        },
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Maintainer.Dispose();
        Reviewer.Dispose();
        await Dashboard.DisposeAsync();
        await database.DisposeAsync();
        Remote.Dispose();
    }
}
