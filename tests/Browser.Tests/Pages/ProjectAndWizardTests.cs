using Microsoft.Playwright;
using ReleaseDashboard.Infrastructure.Preparation.Drafts;
using ReleaseDashboard.Infrastructure.Releases.Reading;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>The project's page and the wizard on the demo project, with the shipped playbook and every remote of the sandbox.</summary>
public sealed class ProjectAndWizardTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>
{
    private const string Project = "/projects/hello-wrapper";

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task Project_AnyThemeAndWidth_ShowsTheSuggestionAndIsAccessible(int width, bool dark)
    {
        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", Project, width, dark);
        await opened.Page.Locator(".big b:text-is(\"1.2.0\")").WaitForAsync(new() { Timeout = 60_000 });
        await opened.Page.Locator("#readiness [role=progressbar]").WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = 60_000 });
        await opened.ShouldBeWellMadeAsync($"project-{width}-{(dark ? "dark" : "light")}");
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(400, true)]
    public async Task Wizard_FromProjectToStart_StartsTheReleaseThatWasRead(int width, bool dark)
    {
        var look = $"{width}-{(dark ? "dark" : "light")}";
        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", Project, width, dark);
        var page = opened.Page;
        await page.Locator(".big b:text-is(\"1.2.0\")").WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Start release" }).ClickAsync();
        await page.WaitForURLAsync("**/releases/new?draft=*");

        var version = page.GetByLabel("Version", new() { Exact = true });
        await version.FillAsync("1.1.3");
        await page.GetByText("1.1.3 is released already").WaitForAsync(new() { Timeout = 60_000 });
        await version.FillAsync("1.2");
        await page.GetByText("A release is named X.Y.Z").WaitForAsync();
        await version.FillAsync(width == 400 ? "1.2.1" : "1.2.0");
        await page.GetByText("Free: no tag has it").WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"wizard-version-{look}");

        // The draft has its own address and survives a reload.
        await opened.GoAsync(page.Url);
        (await version.InputValueAsync()).ShouldBe(width == 400 ? "1.2.1" : "1.2.0");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check if it can be released" }).ClickAsync();
        await page.Locator("#readiness [role=progressbar]").WaitForAsync();
        await page.Locator("#readiness [role=progressbar]").WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = 60_000 });
        await opened.ShouldBeWellMadeAsync($"wizard-preflight-{look}");
        if (width == 400)
            return; // README says 1.2.0: preflight rightly holds another version up, or the plan of 1.2.0 is read in the other case.

        await page.GetByRole(AriaRole.Button, new() { Name = "Read the plan" }).ClickAsync();
        await page.GetByText("This is what will run").WaitForAsync(new() { Timeout = 60_000 });
        await opened.ShouldBeWellMadeAsync($"wizard-plan-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start release" }).WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"wizard-start-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start release" }).ClickAsync();
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/releases/[0-9a-f-]{36}$"), new() { Timeout = 60_000 });

        var started = await real.Dashboard.Get<ReleaseQueries>().ListAsync(new ReleaseFilter { Search = "1.2.0" }, CancellationToken.None);
        started.ShouldHaveSingleItem().StartedBy.ShouldBe("maintainer");
        (await real.Dashboard.Get<DraftStore>().ListAsync(RunningDashboard.Maintainer, CancellationToken.None)).ShouldNotContain(draft => draft.Version == "1.2.0");
    }

    [Fact]
    public async Task Wizard_Reviewer_IsToldWhy()
    {
        await using var opened = await browser.VisitAsync(real.Dashboard, "reviewer", Project + "/releases/new");
        await opened.Page.GetByText("Start a release: that needs the role").WaitForAsync();
    }
}

/// <summary>The shipped playbooks on the real sandbox.</summary>
public sealed class RealDashboard : IAsyncLifetime
{
    public RunningDashboard Dashboard { get; private set; } = default!;

    public async ValueTask InitializeAsync() => Dashboard = await RunningDashboard.StartAsync(playbook: null);

    public ValueTask DisposeAsync() => Dashboard.DisposeAsync();
}
