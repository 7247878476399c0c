using System.Diagnostics;
using ReleaseDashboard.EndToEnd.Tests.Product;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>kill -9 in the middle of work, seen from outside.</summary>
public sealed class KillTests
{
    // A second on an idle machine; a busy one must not fail the test, a lease that has to expire for minutes must.
    private static readonly TimeSpan TakenAgain = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Release_KilledInTestsUploadAndMerge_FinishesAndEachEffectHappenedOnce()
    {
        await using var product = await ProductProcess.StartAsync();
        using var driver = await ReleaseDriver.CreateAsync(product);
        var before = await driver.Sandbox.EffectsAsync();
        var id = (await driver.StartAsync("hello-wrapper", "1.2.0")).Id;

        // In the tests: the interpreter lives on without its worker, and must not run beside the next one.
        await driver.DriveAsync(id, release => release["test"].Status == "running" && Programs(product, "venv-test").Count > 0, "the tests run");
        var orphans = Programs(product, "venv-test").Keys.ToHashSet();
        await RestartAsync(product, driver, id, "test");
        await driver.DriveAsync(id, release => release["test"].Status == "succeeded", "the tests passed");
        Programs(product, "").Keys.ShouldNotContain(pid => orphans.Contains(pid), "a program of the killed worker lives on");

        // Around the merge: the request is held up, so that it is under way for sure when the process dies.
        await driver.Sandbox.FaultAsync(new { kind = "latency", method = "PUT", path = "/api/v3/repos/**/merge", delay_milliseconds = 600_000 });
        await driver.DriveAsync(id, release => release["merge"].Status == "running", "the merge is under way");
        await RestartAsync(product, driver, id, "merge");

        // In the upload: twine waits for the index's answer, which does not come.
        await driver.Sandbox.FaultAsync(new { kind = "latency", method = "POST", path = "/indexes/production/legacy/**", delay_milliseconds = 600_000 });
        await driver.DriveAsync(id, release => release["upload"].Status == "running" && Programs(product, "twine upload").Count > 0, "the upload is under way");
        await RestartAsync(product, driver, id, "upload");

        var published = new PublishedRelease(driver, await driver.PublishAsync(id), "example/hello-wrapper", "hello-wrapper", "1.2.0");
        await published.ShouldHaveHappenedOnceAsync(before, testIndex: true);
        await published.ShouldBeTaggedAndReleasedAsync();
        (await product.RunAsync("audit", "verify")).Ok().ShouldContain("first bad: none");
    }

    [Fact]
    public async Task Release_WorkspaceAndThenBuiltFileLost_PublishesTheBuiltBytesOrNothing()
    {
        await using var product = await ProductProcess.StartAsync(crashAt: "package:after-commit");
        using var driver = await ReleaseDriver.CreateAsync(product);
        var before = await driver.Sandbox.EffectsAsync();
        var id = (await driver.StartAsync("hello-wrapper", "1.2.0")).Id;
        (await driver.TryDriveAsync(id, release => release.Status == "published", "it crashes")).ShouldBeNull();
        await product.CrashedAsync();
        Directory.Delete(Path.Combine(product.Data, "workspaces", id.ToString("N")), recursive: true);
        await product.StartAsync("move-tests:after-commit");
        (await driver.TryDriveAsync(id, release => release.Status == "published", "it crashes")).ShouldBeNull();
        await product.CrashedAsync();
        // This time a version stands in a file that no commit has yet.
        Directory.Delete(Path.Combine(product.Data, "workspaces", id.ToString("N")), recursive: true);
        var (artifacts, elsewhere) = (Path.Combine(product.Data, "artifacts"), Path.Combine(product.Data, "elsewhere"));
        Directory.Move(artifacts, elsewhere);
        await product.StartAsync();

        // Without the built file nothing else is built in its place.
        var step = await driver.StoppedAsync(id, "upload-test");
        step.Error!.Code.ShouldBe("file-missing");
        step.Error.Words.ShouldContain("hello-wrapper-1.2.0.tar.gz");
        step.Error.WhatToDo.ShouldContain("bring the file back, then retry. It is not built again");
        (await driver.Sandbox.EffectsAsync()).Of("upload").Count.ShouldBe(before.Of("upload").Count);
        Directory.Move(elsewhere, artifacts);
        await driver.RetryAsync(id, "upload-test");

        var release = await driver.PublishAsync(id);
        (await driver.LogAsync(id, "commit-updates")).ShouldContain("The workspace is as it was.");
        release["commit-updates"]["parent"].ShouldBe(release["commit"]["commit"]);
        var published = new PublishedRelease(driver, release, "example/hello-wrapper", "hello-wrapper", "1.2.0");
        await published.ShouldHaveHappenedOnceAsync(before, testIndex: true);
        await published.ShouldBeOnIndexAsync("production");
    }

    private static async Task RestartAsync(ProductProcess product, ReleaseDriver driver, Guid id, string step)
    {
        var attempts = (await driver.FindAsync(id))[step].Attempts;
        await product.KillAsync();
        var clock = Stopwatch.StartNew();
        await product.StartAsync();
        var ready = clock.Elapsed;
        await driver.DriveAsync(id, release => release[step].Attempts > attempts, $"{step} is taken again");
        TestContext.Current.TestOutputHelper?.WriteLine($"{step}: ready {ready.TotalSeconds:0.00} s after the kill, the step runs again {(clock.Elapsed - ready).TotalSeconds:0.00} s later");
        (clock.Elapsed - ready).ShouldBeLessThan(TakenAgain);
    }

    private static Dictionary<int, string> Programs(ProductProcess product, string what) => ProcessTable.CommandLinesIn(product.Data)
        .Where(program => !product.Pids.Contains(program.Key) && program.Value.Contains(what, StringComparison.Ordinal)).ToDictionary();
}
