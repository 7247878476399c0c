using System.Text;
using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>The demo project's release 1.2.0 from start to published, through the API only, looked at with real tools.</summary>
public sealed class FullReleaseTests
{
    private const string Repository = "example/hello-wrapper";

    private static readonly string[] Secrets =
        ["sandbox-maintainer-token", "sandbox-test-token", "sandbox-production-token", "sandbox-webhook-secret"];

    [Theory]
    [DatabaseData]
    public async Task Release_ThroughTheApi_EndsPublishedAndEachEffectHappenedOnce(DatabaseKind database)
    {
        await using var product = await ProductProcess.StartAsync(database);
        using var driver = await ReleaseDriver.CreateAsync(product);
        var before = await driver.Sandbox.EffectsAsync();
        ReleaseAnswer release;
        IReadOnlyList<string> commandLines;
        await using (var watch = new CommandLineWatch(product.Data))
        {
            release = await driver.PublishAsync((await driver.StartAsync("hello-wrapper", "1.2.0")).Id);
            commandLines = watch.Seen;
        }
        TestContext.Current.TestOutputHelper?.WriteLine((await driver.Sandbox.EffectsAsync()).ToString());

        var published = new PublishedRelease(driver, release, Repository, "hello-wrapper", "1.2.0");
        await published.ShouldBeOnIndexAsync("test");
        await published.ShouldBeOnIndexAsync("production");
        (await published.InstalledProgramSaysAsync("hello-wrapper", "--version")).ShouldBe("1.2.0");
        await published.ShouldBeTaggedAndReleasedAsync();
        await published.ShouldHaveBranchesAsync("hello_wrapper/config/constants.py", "version: str = \"1.2.1b1\"");
        await published.ShouldHaveHappenedOnceAsync(before, testIndex: true);
        (await published.FileAsync("refs/tags/1.2.0", "tests/test_wrapper.py")).ShouldContain("assertEqual(\"1.2.1\", ConstantConfig.version)");
        foreach (var module in new[] { "images", "resources" })
        {
            var pinned = await published.PinAsync("refs/tags/1.2.0", module);
            pinned.ShouldBe(await driver.Sandbox.GitAsync(product.Scratch, $"example/hello-{module}", "rev-parse", "refs/heads/main"));
            pinned.ShouldNotBe(await published.PinAsync(release.BaseCommit, module), $"the pin of {module} did not move");
        }

        (await product.RunAsync("audit", "verify")).Ok().ShouldContain("first bad: none");
        await ShouldHoldNoSecretAsync(product, driver, release, commandLines);
    }

    private static async Task ShouldHoldNoSecretAsync(ProductProcess product, ReleaseDriver driver, ReleaseAnswer release, IReadOnlyList<string> commandLines)
    {
        string[] secrets = [.. Secrets, .. driver.Tokens];
        commandLines.Count.ShouldBeGreaterThan(20, "git, pip and twine were not seen at work");
        commandLines.ShouldContain(line => line.Contains("twine upload", StringComparison.Ordinal));
        Without(string.Join('\n', commandLines), secrets, "command lines");
        Without(product.Log, secrets, "the server's log");
        foreach (var step in release.Steps.Where(step => step.Attempts > 0))
            Without(await driver.LogAsync(release.Id, step.Key), secrets, $"the log of {step.Key}");
        foreach (var file in Directory.EnumerateFiles(product.Data, "ledger.db*"))
            Without(Encoding.Latin1.GetString(await ReadSharedAsync(file)), secrets, file);
    }

    private static void Without(string text, string[] secrets, string where)
    {
        foreach (var secret in secrets)
            text.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{where} holds {secret}");
    }

    // The server has it open.
    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }
}
