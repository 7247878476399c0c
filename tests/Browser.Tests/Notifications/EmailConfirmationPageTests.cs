using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.TestSupport.Notifications;

namespace ReleaseDashboard.Browser.Tests.Notifications;

/// <summary>An e-mail address from the form to the mailbox and back by its link.</summary>
public sealed class EmailConfirmationPageTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(1440, false)]
    [InlineData(1440, true)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public async Task Address_AddedInTheBrowser_IsConfirmedByItsLink(int width, bool dark)
    {
        var look = $"{width}-{(dark ? "dark" : "light")}";
        await using var server = SmtpReceiver.Start();
        await using var dashboard = await RunningDashboard.StartAsync(settings: ["Mail:Host=127.0.0.1", $"Mail:Port={server.Port}", "Mail:Security=none", "Mail:From=releases@example.org", "PublicUrl=https://releases.example.org"]);
        await using var opened = await browser.VisitAsync(dashboard, "maintainer", "/settings/notifications", width, dark);
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a channel" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("my mail");
        await page.GetByLabel("Address", new() { Exact = true }).FillAsync("mara@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add channel" }).ClickAsync();
        await page.GetByText("Not confirmed yet: open the link we mailed to mara@example.org (sent").WaitForAsync();
        (await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Send a test") }).CountAsync()).ShouldBe(0);
        await opened.ShouldBeWellMadeAsync($"my-channels-unconfirmed-{look}");
        var link = ConfirmationLink.In(await server.NextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again to mara@example.org" }).ClickAsync();
        await page.GetByText("The link went to mara@example.org again.").WaitForAsync();

        // Somebody else who has the link, such as a stranger whose address it is, can do nothing with it.
        await using (var other = await browser.VisitAsync(dashboard, "reviewer", "/projects", width, dark))
        {
            await other.GoAsync(link.Path);
            await other.Page.GetByText("The link is for a channel that is not here").WaitForAsync();
            (await other.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm address" }).CountAsync()).ShouldBe(0);
            await other.ShouldBeWellMadeAsync($"my-channels-foreign-link-{look}");
        }

        await opened.GoAsync(link.Path);
        await page.GetByText("You opened the link that was mailed to mara@example.org").WaitForAsync();
        await opened.ShouldBeWellMadeAsync($"my-channels-confirming-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm address" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("mara@example.org is confirmed. Messages go there from now on.").WaitForAsync();
        await page.WaitForURLAsync(address => !address.Contains("code=", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a test through my mail" }).ClickAsync();
        await page.GetByText("Last message").WaitForAsync();
        server.All.Count.ShouldBe(3);
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Address_OfAProject_IsConfirmedByWhoManagesItsChannels()
    {
        await using var server = SmtpReceiver.Start();
        await using var dashboard = await RunningDashboard.StartAsync(settings: ["Mail:Host=127.0.0.1", $"Mail:Port={server.Port}", "Mail:Security=none", "Mail:From=releases@example.org", "PublicUrl=https://releases.example.org"]);
        var project = (await dashboard.Get<ProjectQueries>().FindAsync("hello-wrapper", CancellationToken.None))!;
        var draft = new ChannelDraft { Kind = ChannelKind.Email, Name = "team", Address = "team@example.org" };
        (await dashboard.Get<ChannelActions>().AddAsync(RunningDashboard.Maintainer, new ChannelOwner.Project(project.Id, project.Name), draft, CancellationToken.None)).IsOk.ShouldBeTrue();
        var link = ConfirmationLink.In(await server.NextAsync());
        link.Path.ShouldStartWith("/projects/hello-wrapper/channels?");

        await using (var reader = await browser.VisitAsync(dashboard, "reviewer", "/projects"))
        {
            await reader.GoAsync(link.Path);
            await reader.Page.GetByText("team@example.org is confirmed by who may change the project's channels.").WaitForAsync();
            (await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm address" }).CountAsync()).ShouldBe(0);
        }

        await using var opened = await browser.VisitAsync(dashboard, "maintainer", "/projects");
        await opened.GoAsync(link.Path);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Confirm address" }).ClickAsync();
        await opened.Page.GetByText("team@example.org is confirmed. Messages go there from now on.").WaitForAsync();
        // The link is used up, and says so when it is opened again.
        await opened.GoAsync(link.Path);
        await opened.Page.GetByRole(AriaRole.Status).GetByText("team@example.org is confirmed.").WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }
}
