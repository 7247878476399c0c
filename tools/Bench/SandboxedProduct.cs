using System.Diagnostics;

namespace ReleaseDashboard.Bench;

/// <summary>The product with its sandbox, fresh, in a process of its own and a folder that goes with it.</summary>
internal sealed class SandboxedProduct : IAsyncDisposable
{
    private readonly DirectoryInfo home;
    private readonly ServedProgram served;

    private SandboxedProduct(DirectoryInfo folder, ServedProgram program, Uri address, Uri sandbox) =>
        (home, served, Address, Sandbox) = (folder, program, address, sandbox);

    public Uri Address { get; }

    public Uri Sandbox { get; }

    /// <summary>Beside the product's own data, for what works against it.</summary>
    public string Scratch => Path.Combine(home.FullName, "scratch");

    public static async Task<SandboxedProduct> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("bench-wrapper-");
        var (address, sandbox) = (Loopback.Free(), Loopback.Free());
        try
        {
            var program = await ServedProgram.StartAsync(
                [Builds.Web, "serve", "--sandbox", .. Settings(folder, sandbox), "--urls", address.GetLeftPart(UriPartial.Authority)],
                folder.FullName, new Uri(address, "/health/ready"), "healthy");
            return new SandboxedProduct(folder, program, address, sandbox);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>A token of a persona, made as an administrator makes one.</summary>
    public Task<string> TokenAsync(string user) =>
        Tool.RunAsync("dotnet", [Builds.Web, "token", "create", "--user", user, "--name", "bench", .. Settings(home, Sandbox)]);

    public async ValueTask DisposeAsync()
    {
        await served.DisposeAsync();
        home.Delete(recursive: true);
    }

    private static string[] Settings(DirectoryInfo folder, Uri sandbox) =>
        ["--data", Path.Combine(folder.FullName, "data"), "--set", $"Sandbox:Url={sandbox.GetLeftPart(UriPartial.Authority)}"];
}

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    /// <param name="input">A line for its standard input.</param>
    /// <returns>What it printed, without white space at the ends.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {output}");
    }
}
