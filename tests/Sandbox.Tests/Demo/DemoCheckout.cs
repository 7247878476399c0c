using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Demo;

/// <summary>A sandbox with the demo, and a clone of its <c>dev</c> with the submodules.</summary>
public sealed class DemoCheckout : IAsyncLifetime
{
    public RunningSandbox Sandbox { get; private set; } = null!;

    public string Folder { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Sandbox = await RunningSandbox.StartAsync(withDemo: true);
        Folder = await CloneAsync("checkout");
    }

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();

    /// <summary>A clone of <c>dev</c>, with the constant at 1.2.0 as a release sets it.</summary>
    public async Task<string> ReleaseCloneAsync(string name)
    {
        var folder = await CloneAsync(name);
        var path = Path.Combine(folder, "hello_wrapper/config/constants.py");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("1.2.0b1", "1.2.0", StringComparison.Ordinal));
        return folder;
    }

    public async Task<string> GitAsync(string folder, params string[] arguments) =>
        (await Sandbox.Tool.RunAsync(folder, "git", arguments)).Succeeded().Output.Trim();

    private async Task<string> CloneAsync(string name)
    {
        var folder = Path.Combine(Sandbox.Sub("clones"), name);
        (await Sandbox.Tool.RunAsync(
            Sandbox.Sub("clones"), "git", "clone", "--quiet", "--branch", "dev", "--recurse-submodules",
            $"{Sandbox.Address}/example/hello-wrapper.git", folder)).Succeeded();
        return folder;
    }
}
