using System.Diagnostics;
using System.Globalization;
using ReleaseDashboard.TestSupport.Containers;
using ReleaseDashboard.TestSupport.Playbooks;
using Shouldly;
using Xunit;

namespace ReleaseDashboard.Infrastructure.Tests.Containers;

public sealed class ImageCopyMemoryTests
{
    private const long Most = 200 * 1024 * 1024;

    // The program that measures, as it was built beside these tests.
    private static string Bench
    {
        get
        {
            var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
            return Path.Combine(RepositoryFiles.Root, "tools", "Bench", "bin", built.Parent!.Name, built.Name, "ReleaseDashboard.Bench.dll");
        }
    }

    [Fact]
    public async Task Copy_Of500MegabytesInFiveLayers_StaysBelow200MegabytesOfMemory()
    {
        await using var preproduction = await RegistryServer.StartAsync();
        await using var production = await RegistryServer.StartAsync();
        var digest = await RunAsync("promotion-seed", preproduction.Repository("team/app"), "5", "100000000");

        var figures = (await RunAsync("promotion-copy", preproduction.Repository("team/app"), production.Repository("team/app"), digest, "1.0")).Split(' ');

        long.Parse(figures[1], CultureInfo.InvariantCulture).ShouldBeLessThan(Most);
        var copied = await Skopeo.InspectAsync($"{production.Repository("team/app")}:1.0");
        copied.GetProperty("Digest").GetString().ShouldBe(digest);
        copied.GetProperty("Layers").GetArrayLength().ShouldBe(5);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Bench, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException(await errors);
    }
}
