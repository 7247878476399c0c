using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;

/// <summary>The project's page.</summary>
public sealed class ProjectScreen(IPage page)
{
    private ILocator Version => page.GetByLabel("Next version");

    /// <summary>Waits until branches, package and checks have been read.</summary>
    public async Task WaitUntilReadAsync(string suggested)
    {
        await Version.GetByText(suggested, new() { Exact = true }).First.WaitForAsync(new() { Timeout = Wait.Reading });
        await page.GetByRole(AriaRole.Progressbar, new() { Name = "Checks" }).WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = Wait.Reading });
    }

    public Task StartReleaseAsync() => Version.GetByRole(AriaRole.Link, new() { Name = "Start release" }).ClickAsync();
}
