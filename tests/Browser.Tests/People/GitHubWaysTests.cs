using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Browser.Tests.People;

/// <summary>The ways to GitHub and back with a real browser, which judges forms and their redirects by the content security policy.</summary>
public sealed class GitHubWaysTests(BrowserFixture browser) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oauth-");
    private SandboxApplication _gitHub = null!;
    private TestDashboard _dashboard = null!;

    public async ValueTask InitializeAsync()
    {
        _gitHub = new SandboxApplication(new SandboxOptions { DataFolder = _folder.FullName });
        await _gitHub.StartAsync();
        var at = _gitHub.Address.AbsoluteUri.TrimEnd('/');
        _dashboard = await TestDashboard.StartAsync(
            settings:
            [
                "GitHub:OAuth:ClientId=id", "GitHub:OAuth:ClientSecret=secret",
                $"GitHub:OAuth:AuthorizationUrl={at}/login/oauth/authorize", $"GitHub:OAuth:TokenUrl={at}/login/oauth/access_token", $"GitHub:OAuth:UserUrl={at}/api/v3/user",
            ],
            environment: "Development");
        await _dashboard.AddUserAsync("mia", Roles.Viewer | Roles.Administrator);
    }

    [Fact]
    public async Task GitHub_LinkedOnTheAccountPage_ConfirmsInTheDialog()
    {
        await using var opened = await browser.NewPageAsync(_dashboard.Address);
        var page = opened.Page;
        await page.GotoAsync("/sign-in?returnUrl=%2Faccount");
        await page.Locator("input[name=name]").FillAsync("mia");
        await page.Locator("input[name=password]").FillAsync(TestDashboard.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/account");
        await opened.LiveAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Link GitHub" }).ClickAsync();
        await page.Locator("button[value=reviewer]").ClickAsync();
        await page.GetByText("Linked with").WaitForAsync();
        (await AccountAsync()).GitHubLogin.ShouldBe("reviewer");

        var old = TimeProvider.System.GetUtcNow().AddHours(-3);
        await _dashboard.Database.Ledger.AppendAsync(db => db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, old)), CancellationToken.None);
        await opened.GoAsync("/people");
        await AddAsync(page);
        // Somebody cancels at GitHub first: nothing is proven.
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with GitHub" }).ClickAsync();
        await page.Locator("button[name=cancel]").ClickAsync();
        await page.GetByText("Nothing was changed.").WaitForAsync();
        await opened.GoAsync("/people");
        await AddAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm with GitHub" }).ClickAsync();
        await page.Locator("button[value=reviewer]").ClickAsync();
        await page.WaitForURLAsync("**/people");
        await opened.LiveAsync();
        await AddAsync(page);
        await page.GetByText("nora can sign in now.").WaitForAsync();
        opened.Faults.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        if (_dashboard is not null)
            await _dashboard.DisposeAsync();
        if (_gitHub is not null)
            await _gitHub.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static async Task AddAsync(IPage page)
    {
        await page.GetByLabel("Sign-in name").FillAsync("nora");
        await page.GetByLabel("First password").FillAsync(TestDashboard.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add person" }).ClickAsync();
    }

    private async Task<Account> AccountAsync() => (await _dashboard.Get<AccountQueries>().FindByNameAsync("mia", CancellationToken.None)).ShouldNotBeNull();
}
