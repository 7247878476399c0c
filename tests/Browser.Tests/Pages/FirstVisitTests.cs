namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>A fresh server: nothing was released yet.</summary>
public sealed class FirstVisitTests(BrowserFixture browser, RealDashboard fresh) : IClassFixture<RealDashboard>
{
    [Theory]
    [InlineData("home", "/", 1440, false)]
    [InlineData("home", "/", 400, true)]
    [InlineData("releases", "/releases", 1440, true)]
    [InlineData("history", "/history", 400, false)]
    public async Task Page_NothingReleasedYet_LeadsToTheFirstRelease(string name, string path, int width, bool dark)
    {
        await using var opened = await browser.VisitAsync(fresh.Dashboard, "maintainer", path, width, dark);
        await opened.ShouldBeWellMadeAsync($"{name}-empty-{width}-{(dark ? "dark" : "light")}");
    }

    [Fact]
    public async Task Home_FirstRelease_LeadsToTheDemoProject()
    {
        await using var opened = await browser.VisitAsync(fresh.Dashboard, "maintainer", "/");
        await opened.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Start a release of hello-wrapper" }).ClickAsync();
        await opened.Page.WaitForURLAsync("**/projects/hello-wrapper");
    }
}
