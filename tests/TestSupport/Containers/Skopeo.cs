using System.Diagnostics;
using System.Text.Json;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>Another maker's client of registries, to check ours against.</summary>
public static class Skopeo
{
    /// <summary>The raw bytes of a manifest or index: <c>docker://127.0.0.1:PORT/team/app:tag</c>.</summary>
    public static Task<string> RawAsync(string image, RegistryLogin? login = null) =>
        RunAsync(["inspect", "--raw", "--tls-verify=false", .. Credentials(login), $"docker://{image}"]);

    /// <param name="architecture">Which image of an index: <c>arm64</c>; this machine's without it.</param>
    public static async Task<JsonElement> InspectAsync(string image, RegistryLogin? login = null, string? architecture = null) => JsonDocument.Parse(await RunAsync(
    [
        .. architecture is null ? Array.Empty<string>() : ["--override-arch", architecture],
        "inspect", "--tls-verify=false", .. Credentials(login), $"docker://{image}",
    ])).RootElement;

    /// <summary>Copies with every platform.</summary>
    public static Task CopyAsync(string from, string to) =>
        RunAsync("copy", "--all", "--src-tls-verify=false", "--dest-tls-verify=false", "--insecure-policy", $"docker://{from}", $"docker://{to}");

    private static string[] Credentials(RegistryLogin? login) => login is null ? [] : ["--creds", $"{login.User}:{login.Password}"];

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("skopeo", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"skopeo {string.Join(' ', arguments)}: {await errors}");
    }
}
