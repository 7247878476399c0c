using Microsoft.Playwright;

namespace ReleaseDashboard.Browser.Tests.WrapperRelease.Screens;

/// <summary>The page of one release.</summary>
public sealed class ReleaseScreen(IPage page)
{
    /// <summary>Waits until the page shows this step, without a reload.</summary>
    public Task ShowsStepAsync(string title) =>
        page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true, Level = 2 }).WaitForAsync(new() { Timeout = Wait.Steps });

    /// <summary>From now on the page keeps every step it shows; see <see cref="SeenStepsAsync"/>.</summary>
    public Task KeepStepsAsync() => page.EvaluateAsync(
        """
        () => {
          const seen = window.seenSteps = [];
          const note = () => {
            const title = document.getElementById('step-title')?.textContent;
            if (title && seen.at(-1) !== title) seen.push(title);
          };
          note();
          new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
        }
        """);

    public async Task<IReadOnlyList<string>> SeenStepsAsync() => await page.EvaluateAsync<string[]>("window.seenSteps");

    /// <summary>Waits until a line of the live log has this text.</summary>
    public Task ShowsLogLineAsync(string step, string text) =>
        page.GetByRole(AriaRole.Region, new() { Name = $"Lines of {step}" }).GetByText(text).First.WaitForAsync(new() { Timeout = Wait.Steps });

    /// <summary>Opens the change beside an item of the checklist and waits for its lines.</summary>
    public async Task OpenChangesAsync(string item, string file)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"See the changes for: {item}" }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = $"Changes in {file}" }).WaitForAsync(new() { Timeout = Wait.Reading });
    }

    public Task TickAsync(string item) => page.GetByRole(AriaRole.Checkbox, new() { Name = item }).ClickAsync();

    /// <summary>What a waiting step says it waits for.</summary>
    public ILocator Waits => page.GetByRole(AriaRole.Region, new() { Name = "What it waits for" });

    /// <summary>Follows the link to the pull request, which opens beside the release.</summary>
    public Task<IPage> OpenPullRequestAsync() =>
        page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Review pull request #") }).ClickAsync());

    public ILocator Approve => page.GetByRole(AriaRole.Button, new() { Name = "Approve and publish" }).First;

    /// <summary>What stands behind a name in the approval or in evidence.</summary>
    public async Task<string> FactAsync(string name) =>
        (await page.Locator("dt", new() { HasTextRegex = new($"^{name}$") }).Locator("xpath=following-sibling::dd[1]").First.InnerTextAsync()).Trim();

    /// <summary>The whole hash or commit that a short one stands for.</summary>
    public async Task<string?> WholeFactAsync(string name) =>
        await page.Locator("dt", new() { HasTextRegex = new($"^{name}$") }).Locator("xpath=following-sibling::dd[1]").Locator("code[title]").First.GetAttributeAsync("title");

    public async Task ApproveAsync()
    {
        await Approve.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("A published version can never be replaced").WaitForAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Approve and publish" }).ClickAsync();
    }

    public Task IsPublishedAsync(string version) =>
        page.GetByRole(AriaRole.Heading, new() { Name = $"{version} is out" }).WaitForAsync(new() { Timeout = Wait.Steps });

    /// <summary>Where a published release is to be seen.</summary>
    public async Task<string> LinkAsync(string text) =>
        await page.Locator(".middle").GetByRole(AriaRole.Link, new() { Name = text, Exact = true }).First.GetAttributeAsync("href") ?? "";

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>What failed and why, when the step stopped.</summary>
    public ILocator Failure => page.Locator(".failure");

    public async Task AbortAsync(string reason)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Abort release" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Abort release" }).ClickAsync();
    }
}
