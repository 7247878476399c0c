using Microsoft.Playwright;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Releases.Actions;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>Home, Releases, History and Audit over releases in every state.</summary>
public sealed class OverviewPagesTests(BrowserFixture browser, BusyDashboard busy) : IClassFixture<BusyDashboard>
{
    public static TheoryData<string, string, int, bool> Looks()
    {
        var data = new TheoryData<string, string, int, bool>();
        foreach (var (name, path) in new[] { ("home", "/"), ("releases", "/releases"), ("history", "/history"), ("audit", "/audit"), ("projects", "/projects"), ("project-settings", "/projects/hello-wrapper/settings"), ("settings", "/settings") })
        {
            foreach (var (width, dark) in new[] { (1440, false), (1440, true), (400, false), (400, true) })
                data.Add(name, path, width, dark);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_AnyThemeAndWidth_IsAccessibleQuietAndFits(string name, string path, int width, bool dark)
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", path, width, dark);
        await opened.ShouldBeWellMadeAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
    }

    [Fact]
    public async Task Audit_Verify_SaysIntactWithTheHeadHash()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "lead", "/audit?action=release.start");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await page.GetByText("The trail is intact").WaitForAsync();
        await page.GetByText("Before and after").First.ClickAsync();
        await opened.ShouldBeWellMadeAsync("audit-verified");
        (await page.Locator(".audit li").CountAsync()).ShouldBe(6);
    }

    [Fact]
    public async Task Home_Reviewer_IsAskedToApproveFirst()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "reviewer", "/");
        await opened.ShouldBeWellMadeAsync("home-reviewer");
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Review and approve" }).ClickAsync();
        await opened.Page.WaitForURLAsync("**/releases/*step=approve");
    }

    [Fact]
    public async Task Settings_TokenMade_IsShownOnceAndRevoked()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", "/settings");
        var page = opened.Page;
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("nightly");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        await page.GetByText("it is not shown again").WaitForAsync();
        await opened.ShouldBeWellMadeAsync("settings-token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke nightly" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke token" }).ClickAsync();
        await page.GetByText("nightly is revoked.").WaitForAsync();
    }

    [Fact]
    public async Task ProjectSettings_SecretReplaced_IsNeverShown()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", "/projects/hello-wrapper/settings");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Replace PyPI token" }).ClickAsync();
        await page.GetByLabel("New value").FillAsync("pypi-very-secret");
        await page.GetByLabel("Expires on").FillAsync("2030-01-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByText("pypi-password is stored.").WaitForAsync();
        (await page.ContentAsync()).ShouldNotContain("pypi-very-secret");
        await page.GetByLabel("Released branch").FillAsync("no good..branch");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await page.GetByText("1 setting cannot be used.").WaitForAsync();
        await opened.ShouldBeWellMadeAsync("project-settings-fault");
    }
}

/// <summary>A dashboard with a release that waits for a tick, one that waits for an approval, one that failed and two that are over.</summary>
public sealed class BusyDashboard : IAsyncLifetime
{
    public RunningDashboard Dashboard { get; private set; } = default!;

    public async ValueTask InitializeAsync()
    {
        Dashboard = await RunningDashboard.StartAsync();
        await PublishAsync("1.1.1");
        await PublishAsync("1.1.2");
        var aborted = await Dashboard.StartReleaseAsync("1.1.3");
        await Dashboard.WaitAsync(aborted, release => release.Status == ReleaseStatus.NeedsPerson);
        (await Dashboard.Get<AbortRelease>().RunAsync(RunningDashboard.Maintainer, aborted, "versions differed", CancellationToken.None)).IsDone.ShouldBeTrue();
        await ToApprovalAsync("1.2.0");
        var ticking = await Dashboard.StartReleaseAsync("1.2.1");
        await Dashboard.WaitAsync(ticking, release => release.Status == ReleaseStatus.NeedsPerson);
        Dashboard.Steps.World.Clear();
        Dashboard.Steps.Answer = key => key == "test"
            ? new ActResult.Failed(new StepError("tests-failed", "2 of 41 tests failed.", "test_version expects 1.2.0.", "Correct the tests, then retry."))
            : null;
        var failed = await Dashboard.StartReleaseAsync("1.3.0");
        await TickAsync(failed);
        await Dashboard.WaitAsync(failed, release => release.Status == ReleaseStatus.Failed);
    }

    public ValueTask DisposeAsync() => Dashboard.DisposeAsync();

    private async Task PublishAsync(string version)
    {
        var id = await ToApprovalAsync(version);
        var digest = (await Dashboard.WaitAsync(id, _ => true)).Current.Approval!.EvidenceDigest;
        (await Dashboard.Get<DecideApproval>().RunAsync(RunningDashboard.Reviewer, id, "approve", Core.Approvals.Verdict.Approved, digest, null, CancellationToken.None)).Message.ShouldBe("");
        await Dashboard.WaitAsync(id, release => release.Status == ReleaseStatus.Published);
    }

    private async Task<Guid> ToApprovalAsync(string version)
    {
        var id = await Dashboard.StartReleaseAsync(version);
        await TickAsync(id);
        await Dashboard.WaitAsync(id, release => release.Current.Key == "approve" && release.Status == ReleaseStatus.NeedsPerson);
        return id;
    }

    private async Task TickAsync(Guid id)
    {
        await Dashboard.WaitAsync(id, release => release.Current.Key == "review" && release.Status == ReleaseStatus.NeedsPerson);
        foreach (var item in new[] { "constants", "readme" })
            (await Dashboard.Get<TickItem>().RunAsync(RunningDashboard.Maintainer, id, "review", item, ticked: true, CancellationToken.None)).Message.ShouldBe("");
    }
}
