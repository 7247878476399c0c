using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Infrastructure.Releases.Actions;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease;

/// <summary>A red check on the real pull request: said, repaired, tried again; then the release is given up.</summary>
public sealed class FailedCheckTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>
{
    [Fact]
    public async Task Check_Red_IsExplainedRetriedAndTheReleaseAborted()
    {
        using var sandbox = await SandboxView.OfAsync(real.Dashboard);
        await sandbox.SetChecksAsync(new { name = "tests", outcome = "failure", output = new[] { "test_names FAILED", "AssertionError: 'Hello, Ada!' != 'Hello Ada'" } }, new { name = "lint" });
        var id = await real.Dashboard.StartReleaseAsync("1.2.0", (await sandbox.CommitAsync("dev")).Sha);
        await real.Dashboard.WaitAsync(id, view => view.Current.Key == "review" && view.Status == ReleaseStatus.NeedsPerson);
        foreach (var item in new[] { "constants", "documentation", "readme" })
            (await real.Dashboard.Get<TickItem>().RunAsync(RunningDashboard.Maintainer, id, "review", item, ticked: true, CancellationToken.None)).Message.ShouldBe("");

        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", $"/releases/{id}");
        var release = new ReleaseScreen(opened.Page);
        await release.Failure.GetByText("The check tests failed.").WaitForAsync(new() { Timeout = Wait.Steps });
        await release.Failure.GetByText("AssertionError: 'Hello, Ada!' != 'Hello Ada'").First.WaitForAsync();
        foreach (var choice in new[] { "Retry", "Fix and resume", "Mark as done by hand", "Abort" })
            (await release.Button(choice).IsEnabledAsync()).ShouldBeTrue(choice);
        await opened.ShouldLookRightAsync("release-failed");

        await sandbox.SetChecksAsync(new { name = "tests" }, new { name = "lint" });
        await sandbox.RunChecksAgainAsync((await sandbox.CommitAsync("dev")).Sha);
        await release.Button("Retry").ClickAsync();
        await release.ShowsStepAsync("Wait for review");

        await release.AbortAsync("A fix must go in first.");
        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "Release 1.2.0 was aborted" }).WaitForAsync();
        await opened.Page.GetByRole(AriaRole.Heading, new() { Name = "What stays outside" }).WaitForAsync();
        await opened.Page.GetByText("The commits stay on dev.").WaitForAsync();
        await opened.Page.GetByText("Close the pull request, unless it was merged.").WaitForAsync();
        await opened.Page.GetByText("A fix must go in first.").First.WaitForAsync();
        await opened.ShouldLookRightAsync("release-aborted");
    }
}
