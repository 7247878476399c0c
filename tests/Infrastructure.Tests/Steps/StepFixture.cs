using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Git;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Steps.Git;
using ReleaseDashboard.Infrastructure.Steps.Versions;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;
using ReleaseDashboard.Infrastructure.Tests.Clients;
using ReleaseDashboard.Infrastructure.Tests.Git;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps;

/// <summary>A small Python package in a bare repository with the branches main and dev, and the release 1.2.0 of it.</summary>
public abstract class StepFixture : IAsyncLifetime
{
    protected static readonly BranchName Main = BranchName.Parse("main");
    protected static readonly BranchName Dev = BranchName.Parse("dev");
    protected static readonly GitPerson Person = new("Ana", "ana@example.org", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static readonly string[] UnittestCommand = ["-m", "unittest", "discover", "-v", "-s", "tests"];

    protected TemporaryFolder Folder { get; } = new();
    protected GitSession Session { get; private set; } = null!;
    protected RemoteUrl Remote { get; private set; } = null!;
    /// <summary>Somebody else's clone, on dev.</summary>
    protected GitRepository Other { get; private set; } = null!;
    protected CommitSha Base { get; set; } = null!;
    protected StepContextBuilder Release { get; private set; } = null!;
    internal ReleaseWorkspaces Workspaces { get; private set; } = null!;
    internal StepProcess Programs { get; private set; } = null!;
    protected string Workspace => Folder.At("workspace");
    protected string Repository => Path.Combine(Workspace, "repository");
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var runner = new ProcessRunner(ProcessEnvironment.WithHome(Folder.At("home")), TimeProvider.System);
        var options = new GitOptions { AllowFile = true };
        Session = new GitSession(runner, options, OutputSinks.None);
        Workspaces = new ReleaseWorkspaces(runner, options);
        Programs = new StepProcess(runner);
        Directory.CreateDirectory(Workspace);

        var seed = await Session.InitAsync(Folder.At("seed"), Main, Stop).OkAsync();
        foreach (var (path, text) in DemoPackage.Files)
            Put(seed.Path, path, text);
        await seed.CommitAsync("Start", Person, [], Stop).OkAsync();
        await seed.CheckoutNewAsync(Dev, Revision.Head, move: false, Stop).OkAsync();
        Put(seed.Path, "NEWS.md", "new\n");
        await seed.CommitAsync("Work", Person, [], Stop).OkAsync();
        Remote = RemoteUrl.Parse($"file://{Folder.At("remote.git")}", allowFile: true);
        await Session.CloneAsync(RemoteUrl.Parse($"file://{seed.Path}", allowFile: true), Folder.At("remote.git"), null, Stop, bare: true).OkAsync();
        Other = await Session.CloneAsync(Remote, Folder.At("other"), Dev, Stop).OkAsync();
        Base = await Other.ResolveAsync(Revision.Head, Stop).OkAsync();
        Release = new StepContextBuilder(
            new ProjectSettings
            {
                GitUrl = Remote.Value,
                WebUrl = "https://example.org/hello-wrapper",
                Package = "hello-wrapper",
                VersionFile = "hello_wrapper/config.py",
                VersionPlaces = [new VersionPlace("README.md", "Version ([0-9.]+)")],
                TestsVersionFile = "tests/test_version.py",
                DependencyIndex = "file:///usr/share/python-wheels",
            },
            Workspace) { BaseCommit = Base.Value };
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static void Put(string root, string path, string text)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    protected string Get(string path) => File.ReadAllText(Path.Combine(Repository, path));

    protected async Task<CommitSha> OtherPushesAsync(string path, string text)
    {
        await Other.FetchAsync(Stop).OkAsync();
        await Other.FastForwardAsync(Dev.RemoteRef("origin"), Stop).OkAsync();
        var before = await Other.ResolveAsync(Revision.Head, Stop).OkAsync();
        Put(Other.Path, path, text);
        var commit = await Other.CommitAsync("Something else", Person, [], Stop).OkAsync();
        await Other.PushAsync([new GitPush(commit, Dev.Ref, before)], Stop).OkAsync();
        return commit;
    }

    protected async Task<CommitSha?> RemoteAsync(RefName name) =>
        (await Session.ListRemoteAsync(Remote, [name], Stop).OkAsync()) is [var found, ..] ? found.Commit : null;

    protected static async Task<Evidence> DoneAsync(IStep step, StepContext context)
    {
        var observation = await step.RunAsync(context, Stop);
        return observation.ShouldBeOfType<Observation.Done>(Text(observation)).Evidence;
    }

    protected static async Task<StepError> FailedAsync(IStep step, StepContext context, string code)
    {
        var observation = await step.RunAsync(context, Stop);
        var error = observation.ShouldBeOfType<Observation.Failed>(Text(observation)).Error;
        error.Code.ShouldBe(code, Text(observation));
        return error;
    }

    protected static async Task<StepError> DifferentAsync(IStep step, StepContext context, string code)
    {
        var observation = await step.RunAsync(context, Stop);
        var error = observation.ShouldBeOfType<Observation.Different>(Text(observation)).Error;
        error.Code.ShouldBe(code);
        return error;
    }

    protected StepContext UpdateContext => Release.Build("git.update", ("branch", "dev"));

    protected async Task<Evidence> UpdatedAsync()
    {
        var evidence = await DoneAsync(new GitUpdateStep(Workspaces), UpdateContext);
        Release.Proved("update", evidence);
        return evidence;
    }

    protected StepContext SetContext(string version = "1.2.0") =>
        Release.Build("version.set", ("file", "hello_wrapper/config.py"), ("constant", "version"), ("version", version));

    /// <summary>Updated, version set and committed.</summary>
    protected async Task<CommitSha> CommittedAsync()
    {
        await UpdatedAsync();
        await DoneAsync(new VersionSetStep(Workspaces), SetContext());
        var evidence = await DoneAsync(new GitCommitStep(Workspaces), Release.Build("git.commit", ("message", "Release 1.2.0")));
        return CommitSha.Parse(evidence["commit"]!);
    }

    protected static (string, object) Unittest => ("command", UnittestCommand);

    private static string Text(Observation observation) => observation switch
    {
        Observation.Failed failed => $"{failed.Error.Code}: {failed.Error.Why}\n{string.Join('\n', failed.Error.Lines)}",
        Observation.Different different => $"{different.Error.Code}: {different.Error.Why}",
        Observation.Unknown unknown => $"{unknown.Error.Code}: {unknown.Error.Why}",
        var other => other.GetType().Name,
    };
}
