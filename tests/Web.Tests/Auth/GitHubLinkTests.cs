using System.Net;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Sandbox;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Auth;

/// <summary>Linking an account to GitHub, and proving again through GitHub who one is, against the simulated GitHub.</summary>
public sealed class GitHubLinkTests : IAsyncLifetime
{
    private const string Link = "/account/github/link";
    private const string Confirm = "/account/github/confirm";
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("oauth-");
    private SandboxApplication sandbox = null!;
    private TestDashboard dashboard = null!;
    private TestBrowser browser = null!;

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
        await dashboard.AddUserAsync("admin", Roles.Administrator);
        await dashboard.AddUserAsync("mia", Roles.Administrator | Roles.Maintainer);
        browser = dashboard.OpenBrowser();
        await browser.SignInAsync("mia", TestDashboard.Password);
    }

    [Fact]
    public async Task Link_AtGitHub_BelongsToTheAccountAndKeepsTheSession()
    {
        var before = await SessionAsync();

        (await ComeBackAsync(await GoAsync(Link, "reviewer"))).ShouldBe("/account");

        var mia = await MiaAsync();
        (mia.GitHubId, mia.GitHubLogin).ShouldBe((1002, "reviewer"));
        (await SessionAsync()).Id.ShouldBe(before.Id);
        (await IsSignedInAsync()).ShouldBeTrue();
        (await ActionsAsync("user.link")).ShouldBe(["mia"]);
        // From now on GitHub's person is this account.
        using var other = dashboard.OpenBrowser();
        using var challenge = await other.GetAsync("/sign-in/github");
        (await ComeBackAsync(await AuthorizeAsync(challenge.Headers.Location!, "&login=reviewer"), other)).ShouldBe("/");
        (await other.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await dashboard.Get<AccountQueries>().ListAsync(None)).Select(account => account.Name).Order().ShouldBe(["admin", "mia"]);
    }

    [Fact]
    public async Task Link_ToAPersonOfGitHubWithAnAccountHere_IsRefused()
    {
        (await dashboard.Get<GitHubAccounts>().SignInAsync(1002, "reviewer", null, None)).IsOk.ShouldBeTrue();

        (await ComeBackAsync(await GoAsync(Link, "reviewer"))).ShouldBe("/account?failed=github");

        (await MiaAsync()).GitHubId.ShouldBeNull();
        (await ActionsAsync("user.link")).ShouldBeEmpty();
        using var page = await browser.GetAsync("/account?failed=github");
        (await page.Content.ReadAsStringAsync()).ShouldContain("Nothing was changed.");
    }

    [Fact]
    public async Task Confirm_AtGitHub_IsAFreshProofOfThisSession()
    {
        await LinkedAsync();
        await using var circuit = await Circuit.OpenAsync(dashboard, "mia");
        (await circuit.ActorAsync()).IsConfirmed.ShouldBeFalse();

        (await ComeBackAsync(await GoAsync(Confirm, "reviewer", "/projects"))).ShouldBe("/projects");

        (await circuit.ActorAsync()).IsConfirmed.ShouldBeTrue();
        (await ActionsAsync("session.confirm")).ShouldBe(["mia"]);
        (await IsSignedInAsync()).ShouldBeTrue();
    }

    [Theory]
    [InlineData("maintainer")]
    [InlineData("lead")]
    public async Task Confirm_AsAnotherPersonOfGitHub_ProvesNothing(string login)
    {
        await LinkedAsync();
        // The other one may well have an account here.
        (await dashboard.Get<GitHubAccounts>().SignInAsync(1003, "lead", null, None)).IsOk.ShouldBeTrue();
        await using var circuit = await Circuit.OpenAsync(dashboard, "mia");

        (await ComeBackAsync(await GoAsync(Confirm, login))).ShouldBe("/account?failed=github");

        (await circuit.ActorAsync()).IsConfirmed.ShouldBeFalse();
        (await ActionsAsync("session.confirm")).ShouldBeEmpty();
        (await circuit.ActorAsync()).Name.ShouldBe("mia");
        using var me = await browser.GetAsync("/api/v1/me");
        (await me.Content.ReadAsStringAsync()).ShouldContain("mia");
    }

    [Theory]
    [InlineData(Link)]
    [InlineData(Confirm)]
    public async Task Callback_WithAForgedState_ChangesNothing(string purpose)
    {
        await LinkedAsync(purpose == Confirm);
        var callback = await GoAsync(purpose, "reviewer");

        (await ComeBackAsync(callback.Replace("state=", "state=x", StringComparison.Ordinal))).ShouldEndWith("?failed=github");

        await ShouldBeUnchangedAsync(purpose);
    }

    [Theory]
    [InlineData(Link)]
    [InlineData(Confirm)]
    public async Task Callback_WithTheCodeOfAnotherBrowser_ChangesNothing(string purpose)
    {
        await LinkedAsync(purpose == Confirm);
        // The attacker has the right state and a good code, but not the verifier that the code was made for (PKCE).
        using var attacker = dashboard.OpenBrowser();
        using var challenge = await attacker.GetAsync("/sign-in/github");
        var stolen = QueryOf(await AuthorizeAsync(challenge.Headers.Location!, "&login=reviewer"))["code"];
        var own = await GoAsync(purpose, "reviewer");
        var code = QueryOf(own)["code"];
        stolen.ShouldNotBe(code);

        (await ComeBackAsync(own.Replace(code!, stolen, StringComparison.Ordinal))).ShouldBe("/account?failed=github");

        await ShouldBeUnchangedAsync(purpose);
    }

    [Theory]
    [InlineData(Link)]
    [InlineData(Confirm)]
    public async Task Callback_AfterCancelling_ChangesNothing(string purpose)
    {
        await LinkedAsync(purpose == Confirm);
        var authorize = await ChallengeAsync(purpose, "/account");
        var back = await AuthorizeAsync(authorize, "&cancel=1");
        QueryOf(back)["error"].ShouldBe("access_denied");

        (await ComeBackAsync(back)).ShouldBe("/account?failed=github");

        await ShouldBeUnchangedAsync(purpose);
    }

    [Theory]
    [InlineData(Link)]
    [InlineData(Confirm)]
    public async Task Callback_AfterTheSessionHasEnded_ChangesNothing(string purpose)
    {
        await LinkedAsync(purpose == Confirm);
        var callback = await GoAsync(purpose, "reviewer");
        (await dashboard.Get<Sessions>().EndAsync(Actor.Person("mia", Roles.None), (await SessionAsync()).Id, None)).Message.ShouldBe("");

        (await ComeBackAsync(callback)).ShouldBe("/account?failed=github");

        (await IsSignedInAsync()).ShouldBeFalse();
        (await MiaAsync()).GitHubId.ShouldBe(purpose == Link ? null : 1002);
        (await ActionsAsync(purpose == Link ? "user.link" : "session.confirm")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Link)]
    [InlineData(Confirm)]
    public async Task Way_ToGitHub_IsNotOpenedByAnotherSite(string purpose)
    {
        // A page elsewhere can make the browser post, but not with this site's token.
        using var forged = await browser.PostAsync(purpose, ("returnUrl", "/account"));
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var away = await ChallengeAsync(purpose, "https://evil.example/");
        (await ComeBackAsync(await AuthorizeAsync(away, purpose == Link ? "&login=reviewer" : "&cancel=1"))).ShouldStartWith("/");
    }

    public async ValueTask DisposeAsync()
    {
        browser?.Dispose();
        if (dashboard is not null)
            await dashboard.DisposeAsync();
        if (sandbox is not null)
            await sandbox.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task ShouldBeUnchangedAsync(string purpose)
    {
        (await IsSignedInAsync()).ShouldBeTrue();
        (await MiaAsync()).GitHubId.ShouldBe(purpose == Link ? null : 1002);
        (await ActionsAsync(purpose == Link ? "user.link" : "session.confirm")).ShouldBeEmpty();
        if (purpose == Link)
            return;
        await using var circuit = await Circuit.OpenAsync(dashboard, "mia");
        (await circuit.ActorAsync()).IsConfirmed.ShouldBeFalse();
    }

    /// <summary>The account linked to GitHub's reviewer, and its last proof long ago.</summary>
    private async Task LinkedAsync(bool linked = true)
    {
        if (!linked)
            return;
        await dashboard.Database.Ledger.AppendAsync(
            async db =>
            {
                await db.Users.Where(user => user.Name == "mia").ExecuteUpdateAsync(set => set.SetProperty(user => user.GitHubId, 1002L).SetProperty(user => user.GitHubLogin, "reviewer"));
                var old = TimeProvider.System.GetUtcNow().AddHours(-3);
                await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ConfirmedAt, old));
            },
            None);
    }

    /// <summary>Leaves for GitHub; where the browser is sent. The form to link is on the account page, the one to confirm comes with a circuit, so another page lends its token.</summary>
    private async Task<Uri> ChallengeAsync(string purpose, string returnUrl)
    {
        using var challenge = await browser.SubmitAsync(purpose == Link ? "/account" : "/sign-in", purpose, ("returnUrl", returnUrl));
        challenge.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var authorize = challenge.Headers.Location!;
        authorize.Query.ShouldContain("code_challenge_method=S256");
        authorize.Query.ShouldContain("state=");
        authorize.Query.ShouldContain("prompt=select_account");
        return authorize;
    }

    private async Task<string> GoAsync(string purpose, string login, string returnUrl = "/account") =>
        await AuthorizeAsync(await ChallengeAsync(purpose, returnUrl), "&login=" + login);

    /// <summary>What the person does at GitHub; the path that GitHub sends the browser back to.</summary>
    private static async Task<string> AuthorizeAsync(Uri authorize, string choice)
    {
        using var github = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var back = await github.GetAsync(new Uri(authorize + choice));
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return back.Headers.Location!.PathAndQuery;
    }

    private async Task<string> ComeBackAsync(string callback, TestBrowser? with = null)
    {
        using var answer = await (with ?? browser).GetAsync(callback);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.Location!.OriginalString;
    }

    private static System.Collections.Specialized.NameValueCollection QueryOf(string path) =>
        System.Web.HttpUtility.ParseQueryString(new Uri(new Uri("http://localhost"), path).Query);

    private async Task<Account> MiaAsync() => (await dashboard.Get<AccountQueries>().FindByNameAsync("mia", None)).ShouldNotBeNull();

    private async Task<SessionSummary> SessionAsync() => (await dashboard.Get<Sessions>().ListAsync(Actor.System, "mia", None)).ShouldHaveSingleItem();

    private async Task<bool> IsSignedInAsync() => (await browser.GetAsync("/api/v1/me")).StatusCode == HttpStatusCode.OK;

    /// <summary>Who did this, by the audit trail.</summary>
    private async Task<List<string>> ActionsAsync(string action)
    {
        await using var db = dashboard.Database.Ledger.Read();
        return await db.Audit.Where(entry => entry.Action == action).Select(entry => entry.ActorName).ToListAsync();
    }
}
