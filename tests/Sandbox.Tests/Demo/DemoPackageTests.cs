using System.Security.Cryptography;
using ReleaseDashboard.Sandbox.Tests.Tools;

namespace ReleaseDashboard.Sandbox.Tests.Demo;

/// <summary>The demo is a real package: the real tools test, build, check, upload and install it.</summary>
public sealed class DemoPackageTests(DemoCheckout demo) : IClassFixture<DemoCheckout>
{
    private RunningSandbox Sandbox => demo.Sandbox;

    [Fact]
    public async Task Tests_OnDev_AskForTheReleasedVersion()
    {
        var run = await Sandbox.Tool.RunAsync(demo.Folder, Tool.Python, "-m", "unittest");

        run.ExitCode.ShouldNotBe(0);
        run.All.ShouldContain("'1.2.0' != '1.2.0b1'");
    }

    [Theory]
    [InlineData("setup.py", "clean", "test")]
    [InlineData("-m", "unittest")]
    public async Task Tests_WithTheReleasedVersion_Pass(params string[] arguments)
    {
        var folder = await demo.ReleaseCloneAsync("tested-" + arguments[0].Trim('-'));

        (await Sandbox.Tool.RunAsync(folder, Tool.Python, arguments)).Succeeded().All.ShouldContain("OK");
    }

    [Fact]
    public async Task Package_BuiltFromTheSandboxOnly_IsCheckedUploadedAndInstalled()
    {
        var folder = await demo.ReleaseCloneAsync("built");
        (await Sandbox.Tool.RunAsync(folder, Tool.Python, "-m", "build", "--sdist")).Succeeded();
        var file = Directory.EnumerateFiles(Path.Combine(folder, "dist")).ShouldHaveSingleItem();
        (await Sandbox.Tool.RunAsync(folder, Tool.Python, "-m", "twine", "check", "--strict", file)).Succeeded();
        var content = (await Sandbox.Tool.RunAsync(folder, "tar", "--list", "--file", file)).Succeeded().Output;
        content.ShouldContain("/images/Dockerfile");
        content.ShouldContain("/resources/banners/hello.txt");
        content.ShouldContain("/tests/test_wrapper.py");
        content.ShouldNotContain("/.git");

        (await Sandbox.TwineAsync("test", "sandbox-test-token", file)).Succeeded();
        (await Sandbox.TwineAsync("production", "sandbox-production-token", file)).Succeeded();

        await InstallAsync("from-test", ["install", "--requirement", Path.Combine(folder, "requirements-runtime.txt")],
            ["install", "--no-deps", "--no-build-isolation", "--index-url", $"{Sandbox.Address}/indexes/test/simple/", "hello-wrapper==1.2.0"]);
        await InstallAsync("from-production", ["install", "hello-wrapper==1.2.0"]);
        await DownloadIsSameAsync("1.2.0", await File.ReadAllBytesAsync(file));
    }

    [Fact]
    public async Task Package_ReleasedBefore_DownloadsByPipAsSeeded()
    {
        var seeded = Sandbox.Indexes.Production.Files("hello-wrapper").First(file => file.Release.Version == "1.1.3");

        await DownloadIsSameAsync("1.1.3", await File.ReadAllBytesAsync(seeded.Path));
        seeded.Release.Field("requires_python").ShouldBe(">=3.9");
        seeded.Release.Field("description")!.ShouldContain("Version 1.1.3");
    }

    private async Task InstallAsync(string name, params string[][] commands)
    {
        var folder = Sandbox.Sub(name);
        (await Sandbox.Tool.RunAsync(folder, Tool.Python, "-m", "venv", "environment")).Succeeded();
        var bin = Path.Combine(folder, "environment", "bin");
        foreach (var command in commands)
            (await Sandbox.Tool.RunAsync(folder, Path.Combine(bin, "pip"), command)).Succeeded();
        (await Sandbox.Tool.RunAsync(folder, Path.Combine(bin, "hello-wrapper"), "--version")).Succeeded().Output.Trim().ShouldBe("1.2.0");
        (await Sandbox.Tool.RunAsync(folder, Path.Combine(bin, "python"), "-m", "hello_wrapper", "--version")).Succeeded().Output.Trim().ShouldBe("1.2.0");
        // Needs the dependency, which only the ordinary index has.
        (await Sandbox.Tool.RunAsync(folder, Path.Combine(bin, "hello-wrapper"), "--verify", Directory.EnumerateFiles("/usr/share/python-wheels", "wheel-*.whl").First()))
            .Succeeded().Output.ShouldContain("files as recorded");
    }

    private async Task DownloadIsSameAsync(string version, byte[] expected)
    {
        var folder = Sandbox.Sub("download-" + version);
        (await Sandbox.Tool.RunAsync(
            folder, Tool.Python, "-m", "pip", "download", "--no-deps", "--no-binary", "hello-wrapper", $"hello-wrapper=={version}")).Succeeded();
        var bytes = await File.ReadAllBytesAsync(Directory.EnumerateFiles(folder).ShouldHaveSingleItem());
        SHA256.HashData(bytes).ShouldBe(SHA256.HashData(expected));
    }
}
