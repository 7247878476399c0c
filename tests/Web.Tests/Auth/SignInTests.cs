using System.Net;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.TestSupport.Web;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Tests.Auth;

public sealed class SignInTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("/")]
    [InlineData("/audit?actor=mia")]
    [InlineData("/no-such-page")]
    public async Task Page_Anonymous_IsSentToSignIn(string path)
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        using var answer = await browser.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.PathAndQuery.ShouldBe("/sign-in?returnUrl=" + Uri.EscapeDataString(path));
    }

    // No person reads what a hub answers: it says no instead of showing a form.
    [Fact]
    public async Task Hub_Anonymous_IsRefused()
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        using var answer = await browser.GetAsync("/_blazor");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/sign-in", "text/html")]
    [InlineData("/css/tokens.css", "text/css")]
    [InlineData("/health/live", "application/json")]
    public async Task OpenAddress_Anonymous_Answers(string path, string type)
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        using var answer = await browser.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    [Fact]
    public async Task SignIn_GoodPassword_OpensSession()
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        using var answer = await browser.SignInAsync("mia", TestDashboard.Password, "/audit?x=1");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/audit?x=1");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("rd-session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("secure");
        (await IsSignedInAsync(browser)).ShouldBeTrue();
    }

    [Fact]
    public async Task SignIn_WithoutAntiforgeryToken_IsRefused()
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        using var answer = await browser.PostAsync("/sign-in", ("name", "mia"), ("password", TestDashboard.Password));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await IsSignedInAsync(browser)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/sign-out")]
    public async Task SignIn_ForeignReturnUrl_GoesHome(string address)
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        using var answer = await browser.SignInAsync("mia", TestDashboard.Password, address);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public async Task SignIn_ManyFailures_IsSlowedDownForThatNameOnly()
    {
        await using var dashboard = await StartAsync();
        await dashboard.AddUserAsync("bob", Roles.Viewer);
        using var browser = dashboard.OpenBrowser();
        for (var at = 0; at < SignInThrottle.PerName; at++)
        {
            using var wrong = await browser.SignInAsync("mia", "wrong password");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        using var late = await browser.SignInAsync("mia", TestDashboard.Password);
        late.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        late.Headers.RetryAfter.ShouldNotBeNull();
        using var other = await browser.SignInAsync("bob", TestDashboard.Password);
        other.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public void Throttle_FailuresFromElsewhere_DoNotLockTheVictimOut()
    {
        var throttle = new SignInThrottle(TimeProvider.System);
        for (var at = 0; at < 100; at++)
            throttle.Failed(IPAddress.Parse("203.0.113.9"), "mia");
        throttle.Wait(IPAddress.Parse("203.0.113.9"), "MIA").ShouldNotBeNull();
        throttle.Wait(IPAddress.Parse("203.0.113.9"), "bob").ShouldNotBeNull();
        throttle.Wait(IPAddress.Parse("198.51.100.7"), "mia").ShouldBeNull();
    }

    [Fact]
    public void Throttle_SwarmGuessesOneName_IsSlowedWhileTheKnownBrowserIsNot()
    {
        var throttle = new SignInThrottle(TimeProvider.System);
        var (known, elsewhere) = (Guid.CreateVersion7(), IPAddress.Parse("198.51.100.7"));
        for (var at = 0; at < SignInThrottle.PerNameEverywhere; at++)
        {
            throttle.Wait(IPAddress.Parse($"203.0.113.{at}"), "mia").ShouldBeNull();
            throttle.Failed(IPAddress.Parse($"203.0.113.{at}"), "mia");
        }
        throttle.Wait(elsewhere, "mia").ShouldNotBeNull();
        throttle.Wait(elsewhere, "bob").ShouldBeNull();
        throttle.Wait(elsewhere, "mia", known).ShouldBeNull();
        // Behind the attacker's own address too, and however many names were guessed from there.
        for (var at = 0; at < SignInThrottle.PerAddress; at++)
            throttle.Failed(elsewhere, $"name{at}");
        throttle.Wait(elsewhere, "mia", known).ShouldBeNull();
        // A stolen cookie is no way around: it has its own few tries.
        for (var at = 0; at < SignInThrottle.PerName; at++)
            throttle.Failed(IPAddress.Parse($"192.0.2.{at}"), "mia", known);
        throttle.Wait(IPAddress.Parse("192.0.2.99"), "mia", known).ShouldNotBeNull();
    }

    [Fact]
    public async Task SignIn_BrowserUsedBefore_PassesWhileStrangersAreSlowed()
    {
        await using var dashboard = await StartAsync();
        using var own = dashboard.OpenBrowser();
        (await own.SignInAsync("mia", TestDashboard.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var stranger = dashboard.OpenBrowser();
        for (var at = 0; at < SignInThrottle.PerName; at++)
            await stranger.SignInAsync("mia", "wrong wrong wrong");
        (await stranger.SignInAsync("mia", TestDashboard.Password)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        // The same address, but a browser that mia has signed in with.
        (await own.SignInAsync("mia", TestDashboard.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Session_AccountDisabled_Ends()
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        await browser.SignInAsync("mia", TestDashboard.Password);
        (await IsSignedInAsync(browser)).ShouldBeTrue();
        await dashboard.Get<Accounts>().SetDisabledAsync(Actor.System, "mia", true, None);
        (await IsSignedInAsync(browser)).ShouldBeFalse();
    }

    [Fact]
    public async Task Session_RolesChanged_Ends()
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        await browser.SignInAsync("mia", TestDashboard.Password);
        await dashboard.Get<Accounts>().SetRolesAsync(Actor.System, "mia", Roles.Viewer | Roles.Reviewer, None);
        (await IsSignedInAsync(browser)).ShouldBeFalse();
    }

    [Fact]
    public async Task SignOut_Signed_EndsSessionOnlyWithToken()
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        await browser.SignInAsync("mia", TestDashboard.Password);
        using (var forged = await browser.PostAsync("/sign-out"))
            forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await IsSignedInAsync(browser)).ShouldBeTrue();
        await browser.SubmitAsync("/sign-in", "/sign-out");
        (await IsSignedInAsync(browser)).ShouldBeFalse();
    }

    private static async Task<TestDashboard> StartAsync()
    {
        var dashboard = await TestDashboard.StartAsync();
        await dashboard.AddUserAsync("root", Roles.Administrator);
        await dashboard.AddUserAsync("mia", Roles.Viewer);
        return dashboard;
    }

    private static async Task<bool> IsSignedInAsync(TestBrowser browser)
    {
        using var answer = await browser.GetAsync("/api/v1/projects");
        return answer.StatusCode == HttpStatusCode.OK;
    }
}
