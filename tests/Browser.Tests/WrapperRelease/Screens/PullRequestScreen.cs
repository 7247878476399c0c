using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;

/// <summary>The simulated GitHub's page of a pull request.</summary>
public sealed class PullRequestScreen(IPage page)
{
    /// <summary>Approves as the reviewer persona and waits until the page lists it.</summary>
    public async Task ApproveAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve as Rafael Reviewer" }).ClickAsync();
        await page.GetByRole(AriaRole.Listitem).GetByText("reviewer: APPROVED").WaitForAsync();
    }
}
