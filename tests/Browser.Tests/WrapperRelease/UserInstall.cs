using ReleaseDashboard.Infrastructure.Processes;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease;

/// <summary>Somebody who installs the published package with the real pip, in an environment of its own.</summary>
internal sealed class UserInstall : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("user-").FullName;

    /// <returns>What the installed program prints for <c>--version</c>.</returns>
    public async Task<string> VersionOfAsync(Uri index, string package, string version)
    {
        await RunAsync("/usr/bin/python3", "-m", "venv", "venv");
        await RunAsync("venv/bin/python", "-m", "pip", "install", "--no-cache-dir", "--index-url", index.AbsoluteUri, $"{package}=={version}");
        return (await RunAsync($"venv/bin/{package}", "--version")).Trim();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var runner = new ProcessRunner(ProcessEnvironment.WithHome(Path.Combine(_folder, "home")), TimeProvider.System);
        var file = program.StartsWith('/') ? program : Path.Combine(_folder, program);
        var outcome = await runner.RunAsync(new ProcessCommand(file, arguments, _folder), OutputSinks.None, new ProcessLimits { CaptureLimit = 100_000 });
        outcome.Succeeded.ShouldBeTrue($"{program} {string.Join(' ', arguments)}\n{string.Join('\n', outcome.Tail)}");
        return outcome.Captured;
    }
}
