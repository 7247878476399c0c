using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Identity;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Tests;

/// <summary>A running sandbox on a free port, with one repository that has a commit on <c>main</c>, and a clone of it.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    private readonly List<HttpClient> clients = [];

    protected string Folder { get; } = Directory.CreateTempSubdirectory("sandbox-test-").FullName;

    protected SandboxApplication Sandbox { get; private set; } = null!;

    protected SandboxRepository Repository => Sandbox.Repositories.Find("acme", "tool")!;

    protected GitClone Clone { get; private set; } = null!;

    protected HttpClient Maintainer => Client(Personas.Maintainer.Token);

    protected HttpClient Reviewer => Client(Personas.Reviewer.Token);

    protected virtual SandboxOptions Options => new() { DataFolder = Path.Combine(Folder, "data") };

    protected CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Sandbox = new SandboxApplication(Options);
        await Sandbox.StartAsync(Cancel);
        await Sandbox.Repositories.CreateAsync("acme", "tool");
        Clone = await GitClone.MakeAsync(Path.Combine(Folder, "clone"), RemoteFor(Personas.Maintainer.Token));
        await Clone.CommitAsync("README.md", "# tool\n", "Start");
        await Clone.GitAsync("push", "--quiet", "origin", "main");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        await Sandbox.StopAsync(CancellationToken.None);
        await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string RemoteFor(string token) => $"http://x:{token}@{Sandbox.Address.Authority}/acme/tool.git";

    protected HttpClient Client(string? token)
    {
        var client = new HttpClient { BaseAddress = Sandbox.Address };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        clients.Add(client);
        return client;
    }

    protected async Task RestartAsync()
    {
        await Sandbox.StopAsync(Cancel);
        await Sandbox.DisposeAsync();
        Sandbox = new SandboxApplication(Options);
        await Sandbox.StartAsync(Cancel);
    }

    protected async Task<JsonNode> GetAsync(string path) => (await Maintainer.GetFromJsonAsync<JsonNode>("/api/v3/repos/acme/tool" + path, Cancel))!;

    protected async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, object? body = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v3/repos/acme/tool" + path);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await (client ?? Maintainer).SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return ((int)response.StatusCode, text.Length > 0 ? JsonNode.Parse(text) : null);
    }

    protected Task<(int Status, JsonNode? Body)> PostAsync(string path, object body, HttpClient? client = null) =>
        SendAsync(HttpMethod.Post, path, body, client);

    /// <summary>Commits on a new branch, pushes it and opens a pull request to <c>main</c>.</summary>
    /// <returns>The number and the head's commit.</returns>
    protected async Task<(int Number, string Head)> OpenPullAsync(string branch, string file = "feature.txt", string text = "feature\n")
    {
        await Clone.GitAsync("checkout", "--quiet", "-b", branch, "main");
        var head = await Clone.CommitAsync(file, text, $"Add {file}");
        await Clone.GitAsync("push", "--quiet", "origin", branch);
        var (status, body) = await PostAsync("/pulls", new { title = $"Add {file}", head = branch, @base = "main" });
        status.ShouldBe(201, body?.ToJsonString());
        return (body!["number"]!.GetValue<int>(), head);
    }

    protected IReadOnlyList<EffectEntry> EffectsOf(string action) => [.. Sandbox.Effects.Read().Where(entry => entry.Action == action)];

    /// <summary>Waits until something is so, for ten seconds at most.</summary>
    protected async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            try
            {
                await timer.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException late) when (!Cancel.IsCancellationRequested)
            {
                throw new TimeoutException($"Not within ten seconds: {what}", late);
            }
        }
    }
}
