using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReleaseDashboard.Browser.Tests.Pages;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence;

namespace ReleaseDashboard.Browser.Tests.People;

/// <summary>The screens for people, and what becomes of a session.</summary>
public sealed class PeopleScreenTests(BrowserFixture browser, RealDashboard real) : IClassFixture<RealDashboard>
{
    private const string Password = "correct horse battery";

    [Theory]
    [InlineData("people", "/people", 1440, false)]
    [InlineData("people", "/people", 400, true)]
    [InlineData("person", "/people/accounts/maintainer", 1440, true)]
    [InlineData("groups", "/people/groups", 400, false)]
    [InlineData("groups", "/people/groups", 1440, true)]
    [InlineData("access", "/people/access", 1440, false)]
    [InlineData("access", "/people/access", 400, true)]
    [InlineData("account", "/account", 1440, false)]
    [InlineData("account", "/account", 400, true)]
    public async Task Page_OfPeople_IsWellMade(string name, string path, int width, bool dark)
    {
        await EnsureGroupAsync();
        await using var opened = await browser.VisitAsync(real.Dashboard, "lead", path, width, dark);
        await opened.ShouldBeWellMadeAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
    }

    [Fact]
    public async Task People_PersonAddedPutIntoAGroupAndGivenARole_MayThatInTheProject()
    {
        await using var opened = await browser.VisitAsync(real.Dashboard, "lead", "/people");
        var page = opened.Page;
        await page.GetByLabel("Sign-in name").FillAsync("nora");
        await page.GetByLabel("First password").FillAsync(Password);
        await page.GetByRole(AriaRole.Group, new() { Name = "Roles everywhere" }).GetByLabel("viewer", new() { Exact = true }).UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add person" }).ClickAsync();
        await page.GetByText("nora can sign in now.").WaitForAsync();
        await opened.GoAsync("/people/groups");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("testers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add group" }).ClickAsync();
        await page.GetByLabel("Put into testers").SelectOptionAsync("nora");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to testers" }).ClickAsync();
        await page.GetByText("nora is in testers now.").WaitForAsync();
        await opened.GoAsync("/projects/hello-wrapper/settings");
        await page.GetByLabel("Person or group").SelectOptionAsync("g testers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give roles" }).ClickAsync();
        await page.GetByText("testers is viewer in this project.").WaitForAsync();
        opened.Faults.ShouldBeEmpty();

        await using var nora = await SignInAsync("nora", "/projects");
        await nora.Page.GetByRole(AriaRole.Link, new() { Name = "hello-wrapper" }).First.WaitForAsync();
        (await nora.Page.ContentAsync()).ShouldNotContain("hello-images");
        // The circuit opens this page without a request: the door stands there too.
        await nora.Page.EvaluateAsync("Blazor.navigateTo('/people')");
        await nora.Page.GetByText("This page is not for you").WaitForAsync();
        await nora.Page.EvaluateAsync("Blazor.navigateTo('/projects/hello-images')");
        await nora.Page.GetByText("There is no such project").WaitForAsync();
        nora.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignOut_InOneTab_LeavesTheOtherWithinFiveSeconds()
    {
        await using var first = await browser.VisitAsync(real.Dashboard, "reviewer", "/releases");
        var second = await first.Page.Context.NewPageAsync();
        await second.GotoAsync("/history");
        await second.Locator("html[data-live]").WaitForAsync();
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "menu of" }).ClickAsync();
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await second.WaitForURLAsync("**/sign-in?returnUrl=*", new() { Timeout = 5_000 });
    }

    [Fact]
    public async Task StepUp_OldProof_AsksForThePasswordAndGoesOn()
    {
        await AddAsync("petra", Roles.Viewer | Roles.Administrator);
        await using var opened = await SignInAsync("petra", "/people/groups");
        await AgeProofAsync("petra");
        var page = opened.Page;
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("signers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add group" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Is it you?" });
        await dialog.GetByLabel("Your password").FillAsync("not my password");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await dialog.GetByText("That is not your password.").WaitForAsync();
        await opened.ShouldBeWellMadeAsync("step-up-password");
        await dialog.GetByLabel("Your password").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("signers is there.").WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task StepUp_PersonaOfTheSandbox_SaysItWithOneClickOrNotAtAll()
    {
        await using var opened = await browser.VisitAsync(real.Dashboard, "lead", "/people/groups");
        await AgeProofAsync("lead");
        var page = opened.Page;
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("clickers");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add group" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await page.GetByText("Confirm that it is you first").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add group" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "It is me" }).ClickAsync();
        await page.GetByText("clickers is there.").WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }

    private async Task EnsureGroupAsync()
    {
        var groups = real.Dashboard.Get<Groups>();
        if ((await groups.ListAsync(CancellationToken.None)).Any(group => group.Name == "security"))
            return;
        await groups.CreateAsync(Actor.System, "security", "Signs what goes to users", CancellationToken.None);
        await groups.AddMemberAsync(Actor.System, "security", "reviewer", CancellationToken.None);
    }

    private async Task AddAsync(string name, Roles roles) =>
        (await real.Dashboard.Get<Accounts>().CreateAsync(Actor.System, name, null, Password, roles, CancellationToken.None)).Message.ShouldBe("");

    private async Task<WatchedPage> SignInAsync(string name, string path)
    {
        var opened = await browser.NewPageAsync(real.Dashboard.Address);
        await opened.Page.GotoAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(path));
        await opened.Page.GetByLabel("Name").FillAsync(name);
        await opened.Page.GetByLabel("Password").FillAsync(Password);
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await opened.Page.WaitForURLAsync("**" + path);
        await opened.LiveAsync();
        return opened;
    }

    /// <summary>As if the person had last proved it an hour ago.</summary>
    private Task AgeProofAsync(string name) => real.Dashboard.Get<LedgerStore>().AppendAsync(
        async db =>
        {
            var before = TimeProvider.System.GetUtcNow().AddHours(-1);
            await db.Sessions.Where(session => db.Users.Any(user => user.Id == session.UserId && user.Name == name))
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, before));
        },
        CancellationToken.None);
}
