using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;

/// <summary>The wizard of a new release: version, preflight, plan, start.</summary>
public sealed class WizardScreen(IPage page)
{
    /// <summary>A check of the preflight, one of many.</summary>
    public ILocator Checks => page.Locator("#readiness").GetByRole(AriaRole.Listitem);

    public async Task ChooseVersionAsync(string version)
    {
        await page.WaitForURLAsync("**/releases/new?draft=*");
        await page.GetByLabel("Version", new() { Exact = true }).FillAsync(version);
        await page.GetByText("Free: no tag has it").WaitForAsync(new() { Timeout = Wait.Reading });
    }

    public async Task RunPreflightAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Check if it can be released" }).ClickAsync();
        await page.GetByText("Nothing stands in the way.").Or(page.GetByText("Nothing blocks the start.")).WaitForAsync(new() { Timeout = Wait.Reading });
    }

    public async Task ReadPlanAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Read the plan" }).ClickAsync();
        await page.GetByText("This is what will run").WaitForAsync(new() { Timeout = Wait.Reading });
    }

    /// <summary>A step of the plan with its commands and changed files.</summary>
    public ILocator Step(string title) => page.GetByRole(AriaRole.Article).Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { NameRegex = new($"^Step \\d+: {title}$") }) });

    /// <summary>A file's change in a step of the plan: its lines, "−old" and "+new" with what stands in them.</summary>
    public async Task<IReadOnlyList<string>> ChangedLinesAsync(string step, string file) =>
        await Step(step).GetByRole(AriaRole.Region, new() { Name = $"Changes in {file}" }).Locator("tr.old, tr.new")
            .EvaluateAllAsync<string[]>("rows => rows.map(row => row.querySelector('.sign').textContent + row.querySelector('.t').textContent.trim())");

    public async Task StartAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start release" }).ClickAsync();
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/releases/[0-9a-f-]{36}$"), new() { Timeout = Wait.Reading });
    }
}
