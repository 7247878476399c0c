using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.TestSupport.Engine;
using ReleaseDashboard.Web;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>The whole product with its sandbox, on a data folder of its own. Its playbook runs scripted steps.</summary>
public sealed class RunningDashboard : IAsyncDisposable
{
    public static Actor Maintainer { get; } = Actor.Person("maintainer", Roles.Viewer | Roles.Maintainer);
    public static Actor Reviewer { get; } = Actor.Person("reviewer", Roles.Viewer | Roles.Reviewer);

    private readonly ReleaseWebApplication _application;
    private readonly string? _owned;

    private RunningDashboard(ReleaseWebApplication application, string? owned, ScriptedStep steps) =>
        (_application, _owned, Steps) = (application, owned, steps);

    public Uri Address => _application.Address;

    /// <summary>The world of every step of kind <c>test.scripted</c>.</summary>
    public ScriptedStep Steps { get; }

    public T Get<T>() where T : notnull => _application.Services.GetRequiredService<T>();

    /// <param name="playbook">Text of the playbook <c>wrapper</c>; the shipped ones are used without it.</param>
    /// <param name="allowFile">Whether repositories may be folders of this machine.</param>
    /// <param name="settings">Further settings as <c>KEY=VALUE</c>.</param>
    /// <param name="data">A folder that the caller keeps, so that a second start finds what the first left.</param>
    public static async Task<RunningDashboard> StartAsync(
        string? playbook = TestPlaybook.Text, bool isWorker = true, string? data = null, string urls = "http://127.0.0.1:0", bool allowFile = false,
        IReadOnlyList<string>? settings = null)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("dashboard-").FullName;
        var steps = new ScriptedStep();
        List<string> arguments = [$"--Data={folder}", "--Sandbox:Enabled=true", "--Sandbox:Url=http://127.0.0.1:0", .. (settings ?? []).Select(setting => "--" + setting)];
        if (playbook is not null)
        {
            var playbooks = Directory.CreateDirectory(Path.Combine(folder, "playbooks")).FullName;
            await File.WriteAllTextAsync(Path.Combine(playbooks, "wrapper.yml"), playbook);
            arguments.Add($"--Playbooks={playbooks}");
        }

        var application = ReleaseWebApplication.Build(new ReleaseWebOptions
        {
            EnvironmentName = "Development",
            Urls = urls,
            ContentRoot = AppContext.BaseDirectory,
            Arguments = arguments,
            IsWorker = isWorker,
            Configure = builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
                if (playbook is not null)
                    builder.Services.AddSingleton<IStep>(steps);
                if (allowFile)
                    builder.Services.AddSingleton(new GitOptions { AllowFile = true });
            },
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningDashboard(application, data is null ? folder : null, steps);
    }

    /// <summary>Starts a release of the demo project as the maintainer.</summary>
    /// <param name="baseCommit">Head of the development branch; scripted steps need none.</param>
    public async Task<Guid> StartReleaseAsync(string version, string? baseCommit = null)
    {
        var project = await Get<ProjectQueries>().FindAsync("hello-wrapper", CancellationToken.None);
        var request = new StartRequest(project!.Id, version, "wrapper", baseCommit ?? new string('a', 40), "1.1.3", "");
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
            throw new TimeoutException($"The release is {view?.Status} at {view?.Current.Key}.", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        if (_owned is not null)
            Directory.Delete(_owned, recursive: true);
    }
}
