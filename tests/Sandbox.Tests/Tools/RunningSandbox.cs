using Microsoft.Extensions.DependencyInjection;
using ReleaseDashboard.Sandbox.Demo;
using ReleaseDashboard.Sandbox.Indexes;

namespace ReleaseDashboard.Sandbox.Tests.Tools;

/// <summary>A sandbox on a free port and a folder of its own, with the programs that talk to it.</summary>
public sealed class RunningSandbox : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    public SandboxApplication Application { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Runs programs whose pip knows the production index only.</summary>
    public Tool Tool => new Tool(folder.Sub("home"))
        .With("PIP_INDEX_URL", $"{Address}/indexes/production/simple/")
        .With("PIP_NO_CACHE_DIR", "1");

    /// <summary>Without a slash at the end.</summary>
    public string Address => Application.Address.ToString().TrimEnd('/');

    public PackageIndexes Indexes => Application.Services.GetRequiredService<PackageIndexes>();

    public static async Task<RunningSandbox> StartAsync(bool withDemo = false)
    {
        var sandbox = new RunningSandbox();
        await sandbox.OpenAsync();
        if (withDemo)
            await sandbox.Application.Services.GetRequiredService<DemoProject>().CreateAsync();
        return sandbox;
    }

    public string Sub(string name) => folder.Sub(name);

    /// <summary>Stops, and starts anew on the same data.</summary>
    public async Task RestartAsync(Action? whileStopped = null)
    {
        await CloseAsync();
        whileStopped?.Invoke();
        await OpenAsync();
    }

    /// <summary>Uploads with the real twine; the credentials go through the environment.</summary>
    public Task<ToolRun> TwineAsync(string index, string token, string file) => Tool
        .With("TWINE_USERNAME", "__token__")
        .With("TWINE_PASSWORD", token)
        .With("TWINE_REPOSITORY_URL", $"{Address}/indexes/{index}/legacy/")
        .RunAsync(folder.Path, Tool.Python, "-m", "twine", "upload", "--non-interactive", "--disable-progress-bar", "--verbose", file);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }

    private async Task OpenAsync()
    {
        Application = new SandboxApplication(new SandboxOptions { DataFolder = folder.Sub("data") });
        await Application.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Application.Address };
    }

    private async Task CloseAsync()
    {
        Client.Dispose();
        await Application.StopAsync();
        await Application.DisposeAsync();
    }
}
