using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.Pages;

/// <summary>The last two pages of the wizard in every look. Nothing is started, so each look finds the same project.</summary>
public sealed class WizardPlanTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task PlanAndStart_AnyThemeAndWidth_AreAccessible(int width, bool dark)
    {
        var look = $"{width}-{(dark ? "dark" : "light")}";
        await using var opened = await browser.VisitAsync(real.Dashboard, "maintainer", "/projects/hello-wrapper", width, dark);
        var page = opened.Page;
        await opened.GoAsync("/projects/hello-wrapper/releases/new?version=1.2.0");
        await page.GetByText("Free: no tag has it").WaitForAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check if it can be released" }).ClickAsync();
        var read = page.GetByRole(AriaRole.Button, new() { Name = "Read the plan" });
        await Assertions.Expect(read).ToBeEnabledAsync(new() { Timeout = 60_000 });
        await read.ClickAsync();
        await page.GetByText("This is what will run").WaitForAsync(new() { Timeout = 60_000 });
        await opened.ShouldBeWellMadeAsync($"wizard-plan-{look}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start release" }).WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"wizard-start-{look}");
    }
}
