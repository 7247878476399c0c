using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;

/// <summary>Home: what waits on the person, and the way to the first project.</summary>
public sealed class HomeScreen(IPage page)
{
    public Task OpenProjectAsync(string project) => page.GetByRole(AriaRole.Link, new() { Name = $"Start a release of {project}" }).ClickAsync();

    /// <summary>Opens what waits: the action's words, and whose release it is.</summary>
    public async Task OpenAskAsync(string action, string release)
    {
        await page.GetByRole(AriaRole.Heading, new() { Name = "Waiting on you" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new($"^{action} ?: {release}$") }).ClickAsync();
    }
}
