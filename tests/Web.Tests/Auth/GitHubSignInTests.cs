using System.Net;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Auth;

/// <summary>Sign-in through OAuth against the simulated GitHub, which verifies PKCE as the real one does.</summary>
public sealed class GitHubSignInTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("oauth-");
    private SandboxApplication? sandbox;
    private TestDashboard? dashboard;

    public async ValueTask InitializeAsync()
    {
        sandbox = new SandboxApplication(new SandboxOptions { DataFolder = folder.FullName });
        await sandbox.StartAsync();
        var at = sandbox.Address.AbsoluteUri.TrimEnd('/');
        dashboard = await TestDashboard.StartAsync(settings:
        [
            "GitHub:OAuth:ClientId=id", "GitHub:OAuth:ClientSecret=secret",
            $"GitHub:OAuth:AuthorizationUrl={at}/login/oauth/authorize", $"GitHub:OAuth:TokenUrl={at}/login/oauth/access_token", $"GitHub:OAuth:UserUrl={at}/api/v3/user",
        ]);
        // Without any account the server asks for its first-run set-up.
        await dashboard.AddUserAsync("admin", Roles.Administrator);
    }

    [Fact]
    public async Task SignIn_NewPersonOfGitHub_ArrivesAsViewer()
    {
        using var browser = dashboard!.OpenBrowser();
        using var callback = await browser.GetAsync(await AuthorizeAsync(browser));
        callback.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var home = await browser.GetAsync("/");
        home.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await dashboard.Get<AccountQueries>().FindByNameAsync("reviewer", CancellationToken.None))!.Roles.ShouldBe(Roles.Viewer);
    }

    [Fact]
    public async Task Callback_WithAnotherState_IsRefused()
    {
        using var browser = dashboard!.OpenBrowser();
        var callback = await AuthorizeAsync(browser);
        using var answer = await browser.GetAsync(callback.Replace("state=", "state=x", StringComparison.Ordinal));
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-in?failed=github");
        using var home = await browser.GetAsync("/");
        home.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Callback_InAnotherBrowser_IsRefused()
    {
        using var victim = dashboard!.OpenBrowser();
        using var attacker = dashboard.OpenBrowser();
        using var answer = await victim.GetAsync(await AuthorizeAsync(attacker));
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-in?failed=github");
    }

    public async ValueTask DisposeAsync()
    {
        if (dashboard is not null)
            await dashboard.DisposeAsync();
        if (sandbox is not null)
            await sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>Goes to GitHub and signs in there as the reviewer; the path that GitHub sends the browser back to.</summary>
    private static async Task<string> AuthorizeAsync(TestBrowser browser)
    {
        using var challenge = await browser.GetAsync("/sign-in/github");
        challenge.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var authorize = challenge.Headers.Location!;
        authorize.Query.ShouldContain("code_challenge_method=S256");
        authorize.Query.ShouldContain("state=");
        using var github = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var back = await github.GetAsync(new Uri(authorize + "&login=reviewer"));
        return back.Headers.Location!.PathAndQuery;
    }
}
