using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>A signed-in person with a browser window.</summary>
public static class Visitor
{
    /// <summary>Signs a persona in with one click and goes to the path.</summary>
    public static async Task<WatchedPage> VisitAsync(
        this BrowserFixture browser, RunningDashboard dashboard, string persona, string path, int width = 1440, bool dark = false)
    {
        var opened = await browser.NewPageAsync(dashboard.Address, width, dark: dark);
        await opened.Page.GotoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(path));
        await opened.Page.Locator($"button[value={persona}]").ClickAsync();
        await opened.Page.WaitForURLAsync("**" + path);
        await opened.LiveAsync();
        return opened;
    }

    /// <summary>Axe finds nothing, nothing scrolls sideways, the console is quiet.</summary>
    public static async Task ShouldBeWellMadeAsync(this WatchedPage opened, string name)
    {
        await opened.Page.Locator(".skeleton").First.WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = 60_000 });
        await opened.SettledAsync();
        await opened.ScreenshotAsync(name);
        (await opened.Page.RunAxe()).ShouldFindNothing();
        (await opened.ScrollsSidewaysAsync()).ShouldBeFalse($"{name} scrolls sideways");
        opened.Faults.ShouldBeEmpty();
    }

    /// <summary>Kept for a reviewer when the environment names a folder in SCREENSHOTS.</summary>
    public static async Task ScreenshotAsync(this WatchedPage opened, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
            await opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
