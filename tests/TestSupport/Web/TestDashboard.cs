using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.Web;

namespace ReleaseDashboard.TestSupport.Web;

/// <summary>The whole product on a free port, over a fresh database.</summary>
public sealed class TestDashboard : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly ReleaseWebApplication application;
    private readonly TestDatabase? owned;

    private TestDashboard(ReleaseWebApplication running, TestDatabase database, bool owns)
    {
        application = running;
        Database = database;
        owned = owns ? database : null;
    }

    public TestDatabase Database { get; }

    public Uri Address => application.Address;

    public T Get<T>() where T : notnull => application.Services.GetRequiredService<T>();

    /// <summary>Starts it.</summary>
    /// <param name="database">An existing database, which the caller disposes; a new SQLite one without it.</param>
    /// <param name="settings">Further settings as <c>KEY=VALUE</c>.</param>
    public static async Task<TestDashboard> StartAsync(
        bool sandbox = false, TestDatabase? database = null, IReadOnlyList<string>? settings = null, bool isWorker = false, string environment = "Production")
    {
        var used = database ?? await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        string[] postgres = used.Options.Postgres is { } connection ? [$"--Database={connection}"] : [];
        var running = ReleaseWebApplication.Build(new ReleaseWebOptions
        {
            EnvironmentName = environment,
            Urls = "http://127.0.0.1:0",
            ContentRoot = AppContext.BaseDirectory,
            Arguments = [$"--Data={used.DataFolder}", $"--Sandbox:Enabled={sandbox}", "--Sandbox:Url=http://127.0.0.1:0", .. postgres, .. (settings ?? []).Select(setting => "--" + setting)],
            IsWorker = isWorker,
            Configure = builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Error);
                // Remotes of these tests are folders.
                builder.Services.AddSingleton(new GitOptions { AllowFile = sandbox });
            },
        });
        await running.StartAsync();
        return new TestDashboard(running, used, owns: database is null);
    }

    /// <summary>A browser's worth of HTTP: keeps cookies, follows no redirect.</summary>
    public TestBrowser OpenBrowser() => new(Address);

    /// <summary>A script's worth of HTTP.</summary>
    public HttpClient OpenApi(string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Address, "/api/v1/") };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public async Task<Account> AddUserAsync(string name, Roles roles)
    {
        (await Get<Accounts>().CreateAsync(Actor.System, name, null, Password, roles, CancellationToken.None)).Message.ShouldBe("");
        return (await Get<AccountQueries>().FindByNameAsync(name, CancellationToken.None))!;
    }

    /// <summary>A new person with these roles, and a token that may as much.</summary>
    public async Task<string> AddTokenAsync(string name, Roles roles)
    {
        await AddUserAsync(name, roles);
        return (await Get<ApiTokens>().CreateAsync(Actor.System, name, "test", roles, TimeSpan.FromDays(1), CancellationToken.None)).Value.Text;
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        if (owned is not null)
            await owned.DisposeAsync();
    }
}
