using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;
using ReleaseDashboard.Infrastructure.Processes;
using ReleaseDashboard.Infrastructure.Python;
using ReleaseDashboard.Infrastructure.Steps.GitHub;
using ReleaseDashboard.Infrastructure.Steps.PyPI;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Faults;
using ReleaseDashboard.Sandbox.GitHub.Checks;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.TestSupport.Steps;

namespace ReleaseDashboard.Infrastructure.Tests.Steps.Remotes;

/// <summary>The sandbox's GitHub and indexes, a repository <c>example/tool</c> with <c>main</c> and a clone of it, and steps on it.</summary>
public abstract class RemoteFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("remote-").FullName;
    private readonly GitHubClients clients = new(TimeProvider.System);
    private HttpClient http = null!;
    private ProcessRunner runner = null!;

    protected SandboxApplication Sandbox { get; private set; } = null!;

    protected StepContextBuilder Release { get; private set; } = null!;

    protected string Workspace => Path.Combine(folder, "workspace");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal GitHubAccess Access => new(clients);

    internal PackageIndexes Indexes { get; } = new(TimeProvider.System);

    internal StepProcess Processes => new(runner);
    internal ReleaseWorkspaces Workspaces => new(runner, new ReleaseDashboard.Infrastructure.Git.GitOptions());

    internal UploadOptions Pypirc => new(Path.Combine(folder, ".pypirc"));

    public async ValueTask InitializeAsync()
    {
        Sandbox = new SandboxApplication(new SandboxOptions { DataFolder = Path.Combine(folder, "sandbox") });
        await Sandbox.StartAsync(Cancel);
        Sandbox.Checks.Replace([]);
        var address = Sandbox.Address.ToString().TrimEnd('/');
        IndexAddress Index(string name) => new(name, $"{address}/indexes/{name}/legacy/", $"{address}/indexes/{name}/simple/", $"{address}/indexes/{name}/pypi/");
        var settings = new ProjectSettings
        {
            GitHubApi = $"{address}/api/v3/",
            GitUrl = $"{address}/example/tool.git",
            WebUrl = $"{address}/example/tool",
            Package = "tool",
            VersionFile = "tool.py",
            TestIndex = Index("test"),
            ProductionIndex = Index("production"),
            DependencyIndex = Index("production").Simple,
        };
        Directory.CreateDirectory(Workspace);
        Release = new StepContextBuilder(settings, Workspace);
        Release.Secrets[SecretName.GitHubToken] = Personas.Maintainer.Token;
        runner = new ProcessRunner(ProcessEnvironment.WithHome(Path.Combine(folder, "home")), TimeProvider.System);
        http = new HttpClient { BaseAddress = Sandbox.Address };
        await Sandbox.Repositories.CreateAsync("example", "tool");
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await GitAsync("remote", "add", "origin", $"http://x:{Personas.Maintainer.Token}@{Sandbox.Address.Authority}/example/tool.git");
        await CommitAsync("README.md", "# tool\n", "Start");
        await GitAsync("tag", "1.1.0");
        await GitAsync("push", "--quiet", "origin", "main", "1.1.0");
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        clients.Dispose();
        Indexes.Dispose();
        await Sandbox.StopAsync(CancellationToken.None);
        await Sandbox.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected async Task<string> GitAsync(params string[] arguments)
    {
        var clone = Path.Combine(folder, "clone");
        Directory.CreateDirectory(clone);
        var person = new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = "Mara", ["GIT_AUTHOR_EMAIL"] = "mara@example.org", ["GIT_COMMITTER_NAME"] = "Mara", ["GIT_COMMITTER_EMAIL"] = "mara@example.org",
        };
        var run = await runner.RunAsync(new ProcessCommand("git", arguments, clone, person), OutputSinks.None, ProcessLimits.Default with { CaptureLimit = 10_000 });
        run.Succeeded.ShouldBeTrue($"git {string.Join(' ', arguments)}: {string.Join('\n', run.Tail)}");
        return run.Captured.Trim();
    }

    protected async Task<string> CommitAsync(string file, string text, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "clone", file), text, Cancel);
        await GitAsync("add", "--all");
        await GitAsync("commit", "--quiet", "-m", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    /// <summary>A commit on <c>dev</c>, pushed.</summary>
    protected async Task<string> PushDevAsync(string file = "feature.txt", string message = "feat: add the feature")
    {
        await GitAsync("checkout", "--quiet", "-B", "dev");
        var head = await CommitAsync(file, $"{file}\n", message);
        await GitAsync("push", "--quiet", "origin", "dev");
        return head;
    }

    /// <summary>A pull request from <c>dev</c> to <c>main</c>.</summary>
    protected async Task<(string Number, string Head)> OpenPullAsync(params CheckDefinition[] checks)
    {
        Sandbox.Checks.Replace(checks);
        var head = await PushDevAsync();
        var made = await SendAsync(HttpMethod.Post, "pulls", new { title = "Release 1.2.0", head = "dev", @base = "main" });
        return (made["number"]!.ToString(), head);
    }

    protected async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body = null, Persona? who = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v3/repos/example/tool/{path}") { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (who ?? Personas.Maintainer).Token);
        using var response = await http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!;
    }

    protected Task<HttpResponseMessage> ControlAsync(string path, object body) => http.PostAsJsonAsync(path, body, Cancel);

    protected void Fault(FaultKind kind, string method, string path, int times = 1) =>
        Sandbox.Faults.Add(new FaultRule { Kind = kind, Method = method, Path = path, Times = times });

    protected int Effects(string action) => Sandbox.Effects.Read().Count(entry => entry.Action == action);

    /// <summary>Looks until the step no longer waits, as the engine does.</summary>
    protected static async Task<Observation> SettleAsync(IStep step, StepContext context)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            if (await step.ObserveAsync(context, deadline.Token) is not Observation.Waiting and var seen)
                return seen;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    protected static Evidence Done(Observation seen) => seen switch
    {
        Observation.Done done => done.Evidence,
        Observation.Failed failed => throw new InvalidOperationException($"{failed.Error} {string.Join('\n', failed.Error.Lines)}"),
        _ => throw new InvalidOperationException(seen.ToString()),
    };

    protected static StepError Failed(Observation seen) => seen.ShouldBeOfType<Observation.Failed>().Error;
}
