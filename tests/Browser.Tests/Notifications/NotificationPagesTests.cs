using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Persistence;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.TestSupport.Notifications;

namespace ReleaseDashboard.Browser.Tests.Notifications;

/// <summary>The bell, My work, channels and secrets, in a browser.</summary>
public sealed class NotificationPagesTests(BrowserFixture browser, BusyDashboard busy) : IClassFixture<BusyDashboard>
{
    public static TheoryData<string, string, int, bool> Looks()
    {
        var data = new TheoryData<string, string, int, bool>();
        foreach (var (name, path) in new[] { ("my-work", "/my-work"), ("my-channels", "/settings/notifications"), ("project-channels", "/projects/hello-wrapper/channels"), ("project-secrets", "/projects/hello-wrapper/secrets") })
        {
            foreach (var (width, dark) in new[] { (1440, false), (1440, true), (400, false), (400, true) })
                data.Add(name, path, width, dark);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_AnyThemeAndWidth_IsAccessibleQuietAndFits(string name, string path, int width, bool dark)
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", path, width, dark);
        await opened.ShouldBeWellMadeAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task Bell_Opened_ShowsWhatWaitsAndReturnsTheFocus(int width, bool dark)
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", "/projects", width, dark);
        var page = opened.Page;
        var bell = page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") });
        await bell.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var panel = page.GetByRole(AriaRole.Region, new() { Name = "What waits on you" });
        await panel.GetByText("failed").First.WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"bell-{width}-{(dark ? "dark" : "light")}");
        await page.Keyboard.PressAsync("Escape");
        await panel.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')")).ShouldStartWith("Notices");
    }

    [Fact]
    public async Task Bell_NewNotice_AppearsByItselfAndLeadsToItsPlace()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "lead", "/projects");
        var page = opened.Page;
        var project = (await busy.Dashboard.Get<ProjectQueries>().FindAsync("hello-wrapper", CancellationToken.None))!;
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") }).WaitForAsync();
        await busy.Dashboard.Get<LedgerStore>().WriteAsync(
            write =>
            {
                write.Audit(Actor.System, "secret.expiring", project.Id, null, "pypi-password", after: new { ExpiresAt = write.Now.AddDays(3) });
                return Task.FromResult(true);
            },
            CancellationToken.None);
        var bell = page.GetByRole(AriaRole.Button, new() { NameRegex = new("unread") });
        await bell.WaitForAsync();
        await bell.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("The secret pypi-password expires in 3 days") }).ClickAsync();
        await page.WaitForURLAsync("**/projects/hello-wrapper/secrets");
        // Others may still be unread; this one is not.
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("The secret pypi-password expires in 3 days(?!.*unread)") }).WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task MyWork_Maintainer_LeadsToTheNextAction()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", "/my-work");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Heading, new() { Name = "Releases I lead" }).WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^See what to do ?: hello-wrapper 1[.]3[.]0") }).First.ClickAsync();
        await page.WaitForURLAsync("**/releases/*");
    }

    [Fact]
    public async Task NotificationSettings_FromWhereverItIsLinked_HasThatNameAsHeadingAndTitle()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", "/my-work");
        var page = opened.Page;
        foreach (var from in new[] { "/my-work", "/account", "/projects/hello-wrapper/channels" })
        {
            await opened.GoAsync(from);
            await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Notification settings", Exact = true }).ClickAsync();
            await page.WaitForURLAsync("**/settings/notifications");
            await page.GetByRole(AriaRole.Heading, new() { Name = "Notification settings", Exact = true, Level = 1 }).WaitForAsync();
            await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Notification settings"));
        }

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notices") }).ClickAsync();
        await page.GetByRole(AriaRole.Region, new() { Name = "What waits on you" }).GetByRole(AriaRole.Link, new() { Name = "Notification settings", Exact = true }).WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Channel_AddedInTheBrowser_IsTriedSeenFailingAndRemoved()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", "/settings/notifications");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).ClickAsync();
        await page.GetByLabel("Kind").SelectOptionAsync("Webhook");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("my script");
        // This installation allows no channel to its own machine, and says so at the form.
        await page.GetByLabel("Webhook address").FillAsync(new Uri(receiver.Address, "/hook").AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add channel" }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).GetByText("https://").WaitForAsync();
        // A name that leads to this very machine: nothing leaves it.
        await page.GetByLabel("Webhook address").FillAsync($"https://{System.Net.Dns.GetHostName()}:1/very-secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add channel" }).ClickAsync();
        await page.GetByText("The signing key of the webhook").WaitForAsync();
        await opened.ShouldBeWellMadeAsync("my-channels-added");
        (await page.ContentAsync()).ShouldNotContain("very-secret");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test through my script" }).ClickAsync();
        await page.GetByText("Not getting through since").WaitForAsync();
        await opened.ShouldBeWellMadeAsync("my-channels-failing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change my script" }).ClickAsync();
        await page.GetByLabel("Somebody approved").CheckAsync();
        await opened.ShouldBeWellMadeAsync("my-channels-changing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByText("my script is changed.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove my script" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove channel" }).ClickAsync();
        await page.GetByText("my script is removed.").WaitForAsync();
        receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Secret_StoredForSomeSteps_ShowsThemAndNotItsValue()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "maintainer", "/projects/hello-wrapper/secrets");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Replace Test index token" }).ClickAsync();
        await page.GetByLabel("New value").FillAsync("pypi-other-secret");
        await page.GetByLabel("Kinds of steps").FillAsync("pypi.*");
        await opened.ShouldBeWellMadeAsync("project-secrets-editing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByText("testpypi-password is stored.").WaitForAsync();
        await page.GetByText("for pypi.* on the test index only").WaitForAsync();
        (await page.ContentAsync()).ShouldNotContain("pypi-other-secret");
    }

    [Fact]
    public async Task Secrets_Viewer_SeesNoButtons()
    {
        await using var opened = await browser.VisitAsync(busy.Dashboard, "reviewer", "/projects/hello-wrapper/secrets");
        await opened.Page.GetByText("You can see which there are.").WaitForAsync();
        (await opened.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Store|Replace|Remove)") }).CountAsync()).ShouldBe(0);
    }
}
