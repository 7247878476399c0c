using System.Diagnostics;
using ReleaseDashboard.EndToEnd.Tests.Product;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.EndToEnd.Tests;

/// <summary>One release whose worker dies at one boundary after another, and is started again each time.</summary>
public sealed class CrashTests
{
    // In run order: after each crash the next start is told where to crash next.
    private static readonly string[] Points =
    [
        "update:after-intent", "commit:after-act", "package:after-act", "push:after-act", "pull-request:after-act", "merge:after-intent",
        "upload-test:after-act", "upload:after-intent", "tag:after-act", "github-release:after-act", "fast-forward:after-verify", "next-version:after-act",
    ];

    private static readonly string[] OtherPoints = ["submodules:after-verify", "test:after-act", "push:after-intent", "merge:after-act", "upload:after-act", "github-release:after-commit"];

    [Fact]
    public Task Release_KilledAtManyBoundaries_FinishesAndEachEffectHappenedOnce() => SurvivesAsync(DatabaseKind.Sqlite, Points);

    [Fact]
    public Task Release_KilledAtOtherBoundariesOnPostgres_FinishesAndEachEffectHappenedOnce() => SurvivesAsync(DatabaseKind.Postgres, OtherPoints);

    private static async Task SurvivesAsync(DatabaseKind database, IReadOnlyList<string> points)
    {
        await using var product = await ProductProcess.StartAsync(database, points[0]);
        using var driver = await ReleaseDriver.CreateAsync(product);
        var before = await driver.Sandbox.EffectsAsync();
        var id = (await driver.StartAsync("hello-wrapper", "1.2.0")).Id;
        for (var at = 0; at < points.Count; at++)
        {
            (await driver.TryDriveAsync(id, release => release.Status == "published", $"it crashes at {points[at]}")).ShouldBeNull($"It did not crash at {points[at]}.");
            await product.CrashedAsync();
            var clock = Stopwatch.StartNew();
            await product.StartAsync(at + 1 < points.Count ? points[at + 1] : null);
            TestContext.Current.TestOutputHelper?.WriteLine($"{points[at]}: ready again after {clock.Elapsed.TotalSeconds:0.0} s");
        }

        var release = await driver.PublishAsync(id);
        var published = new PublishedRelease(driver, release, "example/hello-wrapper", "hello-wrapper", "1.2.0");
        await published.ShouldHaveHappenedOnceAsync(before, testIndex: true);
        await published.ShouldBeOnIndexAsync("production");
        await published.ShouldBeTaggedAndReleasedAsync();
        await published.ShouldHaveBranchesAsync("hello_wrapper/config/constants.py", "version: str = \"1.2.1b1\"");
        (await product.RunAsync("audit", "verify")).Ok().ShouldContain("first bad: none");
    }
}
