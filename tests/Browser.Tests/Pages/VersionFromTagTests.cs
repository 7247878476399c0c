using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>A project whose version comes from the tag: what a build would guess now, and the playbook that suits it.</summary>
public sealed class VersionFromTagTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>
{
    private const string Project = "/projects/hello-wrapper";

    [Fact]
    public async Task Project_VersionFromTheTag_SaysWhatTheTreeWouldBe()
    {
        await using var settings = await browser.VisitAsync(real.Dashboard, "maintainer", Project + "/settings");
        await settings.Page.GetByLabel("The build takes the version from the tag").CheckAsync();
        await settings.Page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await settings.Page.GetByText("The settings are saved.").WaitForAsync();

        foreach (var (width, dark) in new[] { (1440, false), (1440, true), (400, false), (400, true) })
        {
            await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", Project, width, dark);
            var page = opened.Page;
            await page.Locator("dt:text-is(\"Tree now\")").WaitForAsync(new() { Timeout = 60_000 });
            var tree = await page.Locator("dt:text-is(\"Tree now\") + dd").InnerTextAsync();
            tree.ShouldMatch(@"^1\.1\.4\.dev12\+g[0-9a-f]{7,}\s+12 commits after 1\.1\.3\. The release's tag makes it [0-9]+\.[0-9]+\.[0-9]+\.$");
            await page.GetByText("Playbook python-docker").First.WaitForAsync();
            await page.Locator("#readiness [role=progressbar]").WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = 60_000 });
            await opened.ShouldBeWellMadeAsync($"project-from-tag-{width}-{(dark ? "dark" : "light")}");
        }
    }
}
