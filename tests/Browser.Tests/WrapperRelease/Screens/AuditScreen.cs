using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;

/// <summary>The audit trail.</summary>
public sealed class AuditScreen(IPage page)
{
    /// <summary>Waits until every entry was checked and found to continue the one before.</summary>
    public async Task VerifyAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await page.GetByText("The trail is intact").WaitForAsync();
    }
}
