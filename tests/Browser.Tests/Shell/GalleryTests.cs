using Deque.AxeCore.Playwright;

namespace ReleaseDashboard.Browser.Tests.Shell;

public sealed class GalleryTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task Gallery_AnyThemeAndWidth_IsAccessibleQuietAndFits(int width, bool dark)
    {
        await using var opened = await browser.OpenAsync("/_gallery", width, dark: dark);
        await Screenshot(opened, $"gallery-{width}-{(dark ? "dark" : "light")}");

        var axe = await opened.Page.RunAxe();

        axe.ShouldFindNothing();
        (await opened.ScrollsSidewaysAsync()).ShouldBeFalse();
        opened.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(400, true)]
    public async Task Layers_MenuThenDialogOpen_AreAccessible(int width, bool dark)
    {
        await using var opened = await browser.OpenAsync("/_gallery", width, dark: dark);
        var page = opened.Page;
        if (width < 860)
        {
            await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
            await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Audit" }).WaitForAsync();
        }
        else
        {
            await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "menu of Reviewer" }).ClickAsync();
            await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        }

        await Screenshot(opened, $"menu-{width}", whole: false);
        (await page.RunAxe()).ShouldFindNothing();

        await opened.GoAsync("/_gallery");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Say done" }).ClickAsync();
        await page.GetByText("The pull request is merged.").WaitForAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Abort", Exact = true }).ClickAsync();
        await page.GetByLabel("Reason").WaitForAsync();
        await Screenshot(opened, $"dialog-{width}", whole: false);
        (await page.RunAxe()).ShouldFindNothing();
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task SearchField_SlashAndEnter_GoesToReleases()
    {
        await using var opened = await browser.OpenAsync("/_gallery");
        await opened.Page.Keyboard.PressAsync("/");
        await opened.Page.Keyboard.TypeAsync("hello wrapper");
        await opened.Page.Keyboard.PressAsync("Enter");
        await opened.Page.WaitForURLAsync("**/releases?q=hello*wrapper");
    }

    [Fact]
    public async Task ThemeSwitch_Dark_StaysAfterReload()
    {
        await using var opened = await browser.OpenAsync("/_gallery");
        await opened.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "menu of Reviewer" }).ClickAsync();
        await opened.Page.GetByLabel("Dark").CheckAsync();
        await opened.Page.Locator("html[data-theme=dark]").WaitForAsync();
        await opened.GoAsync("/_gallery");
        (await opened.Page.Locator("html").GetAttributeAsync("data-theme")).ShouldBe("dark");
    }

    [Fact]
    public async Task ConfirmDialog_ReasonGiven_IsReportedAndFocusReturns()
    {
        await using var opened = await browser.OpenAsync("/_gallery");
        var page = opened.Page;
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Abort", Exact = true }).ClickAsync();
        var confirm = page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Abort release" });
        (await confirm.IsDisabledAsync()).ShouldBeTrue();
        await page.GetByLabel("Reason").FillAsync("wrong version");
        await confirm.ClickAsync();
        await page.GetByText("Aborted: wrong version").WaitForAsync();
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("Abort");
    }

    [Fact]
    public async Task ConfirmDialog_Escape_Closes()
    {
        await using var opened = await browser.OpenAsync("/_gallery");
        await opened.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Abort", Exact = true }).ClickAsync();
        await opened.Page.GetByRole(Microsoft.Playwright.AriaRole.Dialog).WaitForAsync();
        await opened.Page.Keyboard.PressAsync("Escape");
        await opened.Page.GetByLabel("Reason").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task LogView_SearchInLongLog_ShowsTheLine()
    {
        await using var opened = await browser.OpenAsync("/_gallery");
        var log = opened.Page.GetByLabel("Log of Run tests");
        await log.GetByLabel("Search this log").FillAsync("test_100000 failed");
        await log.GetByText("1 of 1").WaitForAsync();
        await log.Locator("#L100000.here").WaitForAsync();
        (await log.Locator("#L100000 mark").AllInnerTextsAsync()).ShouldBe(["test_100000 failed"]);
    }

    [Fact]
    public async Task NotFound_UnknownAddress_Says404WithAWayOn()
    {
        await using var opened = await browser.OpenAsync("/no-such-page");
        await opened.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "There is no such page" }).WaitForAsync();
        opened.Faults.ShouldContain(fault => fault.StartsWith("404"));
    }

    // A reviewer looks at these; they are written only when a folder is named.
    private static async Task Screenshot(WatchedPage opened, string name, bool whole = true)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
    }
}
