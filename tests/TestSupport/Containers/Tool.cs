using System.Diagnostics;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>Runs a program that a test checks results with.</summary>
public static class Tool
{
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
    }

    /// <summary>The docker client, on an engine of the tests.</summary>
    public static Task<string> DockerAsync(this DockerEngine engine, params string[] arguments) =>
        RunAsync("docker", ["-H", engine.Host, .. arguments], new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = "0", ["DOCKER_CONFIG"] = engine.Folder });
}
