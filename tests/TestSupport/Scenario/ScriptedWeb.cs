using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.TestSupport.Playbooks;
using ReleaseDashboard.Web;

namespace ReleaseDashboard.TestSupport.Scenario;

/// <summary>
/// The product with web and worker on a free port, the shipped wrapper playbook, and every automated step scripted: real
/// ledger, real engine, real people, no world outside.
/// </summary>
public sealed class ScriptedWeb : IAsyncDisposable
{
    public const string Project = "hello-wrapper";

    public static Actor Maintainer { get; } = Actor.Person("maintainer", Roles.Viewer | Roles.Maintainer);
    public static Actor Reviewer { get; } = Actor.Person("reviewer", Roles.Viewer | Roles.Reviewer);

    private readonly string _folder = Directory.CreateTempSubdirectory("scripted-").FullName;
    private readonly string _contentRoot;
    private ReleaseWebApplication? _application;
    private Func<string, string> _edit = text => text;

    private ScriptedWeb(string contentRoot) => _contentRoot = contentRoot;

    public ReleaseScenario Scenario { get; } = new();

    public Uri Address => _application!.Address;

    public string DataFolder => _folder;

    public T Get<T>() where T : notnull => _application!.Services.GetRequiredService<T>();

    /// <param name="edit">Changes the text of the shipped playbook.</param>
    public static async Task<ScriptedWeb> StartAsync(Func<string, string>? edit = null)
    {
        var web = new ScriptedWeb(AppContext.BaseDirectory) { _edit = edit ?? (text => text) };
        await web.RunAsync("http://127.0.0.1:0");
        return web;
    }

    /// <summary>Stops the server; the data folder stays.</summary>
    public async Task<Uri> StopAsync()
    {
        var address = Address;
        await _application!.DisposeAsync();
        _application = null;
        return address;
    }

    /// <summary>Starts it again on the same data and address.</summary>
    public Task StartAgainAsync(Uri address) => RunAsync(address.ToString());

    public async Task<Guid> StartReleaseAsync(string version)
    {
        // The sandbox brings its demo project and its personas.
        var project = (await Get<ProjectQueries>().FindAsync(Project, CancellationToken.None)).ShouldNotBeNull();
        var request = new StartRequest(project.Id, version, "wrapper", "a9b8c7d6e5f40312233445566778899aabbccdde", "1.1.3", "");
        var (id, result) = await Get<StartRelease>().RunAsync(Maintainer, request, CancellationToken.None);
        return id ?? throw new InvalidOperationException(result.Message);
    }

    /// <summary>Waits until the release looks as wanted; fails with its state after the deadline.</summary>
    public async Task<ReleaseView> WaitAsync(Guid release, Func<ReleaseView, bool> until)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var changed = new SemaphoreSlim(1);
        using var subscription = Get<ChangeFeed>().Subscribe(_ => changed.Release());
        ReleaseView? view = null;
        try
        {
            while (true)
            {
                await changed.WaitAsync(deadline.Token);
                view = await Get<ReleaseQueries>().FindAsync(release, deadline.Token);
                if (view is not null && until(view))
                    return view;
            }
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"The release is {view?.Status} at {view?.Current.Key}: {view?.Current.Error?.What} {view?.Current.Error?.Why}", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
            await _application.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(string urls)
    {
        var playbooks = Directory.CreateDirectory(Path.Combine(_folder, "playbooks")).FullName;
        await File.WriteAllTextAsync(Path.Combine(playbooks, "wrapper.yml"), _edit(RepositoryFiles.Read("playbooks/wrapper.yml")));
        _application = ReleaseWebApplication.Build(new ReleaseWebOptions
        {
            EnvironmentName = "Development",
            Urls = urls,
            ContentRoot = _contentRoot,
            Arguments = [$"--Data={_folder}", "--Sandbox:Enabled=true", "--Sandbox:Url=http://127.0.0.1:0", $"--Playbooks={playbooks}"],
            IsWorker = true,
            Configure = builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
                Script(builder.Services);
            },
        });
        await _application.StartAsync();
    }

    private void Script(IServiceCollection services)
    {
        var real = services.Where(service => service.ServiceType == typeof(IStep) && service.ImplementationType?.Namespace?.EndsWith(".People", StringComparison.Ordinal) == false).ToList();
        foreach (var service in real)
        {
            services.Remove(service);
            services.AddSingleton<IStep>(provider =>
                new ScenarioStep(((IStep)ActivatorUtilities.CreateInstance(provider, service.ImplementationType!)).Description, Scenario));
        }
    }
}
