using System.Net.Http.Headers;
using System.Text;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.Registries;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Registries;

/// <summary>A running sandbox whose registries are talked to by HTTP and by skopeo.</summary>
public abstract class RegistryTest : IAsyncLifetime
{
    private readonly List<HttpClient> clients = [];

    protected RunningSandbox Sandbox { get; private set; } = null!;

    protected ImageRegistry Preproduction => Sandbox.Application.Registries.Preproduction;

    protected ImageRegistry Production => Sandbox.Application.Registries.Production;

    /// <summary>With the credentials of the registry before production.</summary>
    protected HttpClient Writer => Client(Preproduction, Preproduction.Credentials.Token);

    protected HttpClient Reader => Client(Preproduction, null);

    protected CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Sandbox = await RunningSandbox.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        await Sandbox.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected string Host(ImageRegistry registry) => Sandbox.Application.Registries.AddressOf(registry).Authority;

    protected HttpClient Client(ImageRegistry registry, string? token)
    {
        var client = new HttpClient { BaseAddress = Sandbox.Application.Registries.AddressOf(registry) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"sandbox:{token}")));
        clients.Add(client);
        return client;
    }

    protected Task<ToolRun> SkopeoAsync(params string[] arguments) =>
        Sandbox.Tool.RunAsync(Sandbox.Sub("home"), "skopeo", ["--insecure-policy", .. arguments]);

    /// <summary>Pushes an image for two platforms with skopeo.</summary>
    protected async Task<OciLayout> PushAsync(ImageRegistry registry, string repository, string tag, string content)
    {
        var layout = OciLayout.Write(Sandbox.Sub("layout-" + content), tag, content);
        (await SkopeoAsync(
            "copy", "--all", "--dest-tls-verify=false", "--dest-creds", $"sandbox:{registry.Credentials.Token}",
            $"oci:{Sandbox.Sub("layout-" + content)}:{tag}", $"docker://{Host(registry)}/{repository}:{tag}")).Succeeded();
        return layout;
    }

    protected IReadOnlyList<EffectEntry> EffectsOf(string action) =>
        [.. Sandbox.Application.Effects.Read().Where(entry => entry.Action == action)];
}
