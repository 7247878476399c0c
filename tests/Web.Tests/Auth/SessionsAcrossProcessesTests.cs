using System.Diagnostics;
using System.Net;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Auth;

/// <summary>Two web servers on one PostgreSQL database, with the same keys: what ends a session at one ends it at the other.</summary>
public sealed class SessionsAcrossProcessesTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("log-out")]
    [InlineData("disabled")]
    [InlineData("role lost")]
    [InlineData("signed out everywhere")]
    public async Task Session_EndedAtTheOtherServer_IsRefusedHereWithinFiveSeconds(string how)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        await using var here = await TestDashboard.StartAsync(database: database);
        await here.AddUserAsync("root", Roles.Administrator);
        await here.AddUserAsync("mia", Roles.Administrator | Roles.Viewer);
        using var browser = here.OpenBrowser();
        await browser.SignInAsync("mia", TestDashboard.Password);
        var other = Directory.CreateDirectory(Path.Combine(database.DataFolder, "other")).FullName;
        CopyKeys(database.DataFolder, other);
        await using var there = await TestDashboard.StartAsync(database: database, settings: [$"Data={other}"]);
        using var browserThere = there.OpenBrowser();
        browserThere.Cookies.Add(there.Address, new Cookie("rd-session", browser.Cookies.GetCookies(here.Address)["rd-session"].ShouldNotBeNull().Value));
        await using var circuit = await Circuit.OpenAsync(here, "mia");
        (await StatusAsync(browser)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await StatusAsync(browserThere)).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await FreezeAsync(here, circuit)).Message.ShouldBe("");

        await EndAsync(how, there, browserThere);

        var begun = Stopwatch.GetTimestamp();
        // The next action and the next request ask the ledger, so they do not even wait for the news.
        (await FreezeAsync(here, circuit)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await circuit.ActorAsync()).Roles.ShouldBe(Roles.None);
        (await StatusAsync(browser)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Redirect));
        await circuit.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(Promised);
        (await StatusAsync(browserThere)).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.Redirect));
    }

    private static async Task EndAsync(string how, TestDashboard there, TestBrowser browserThere)
    {
        if (how == "log-out")
        {
            using var answer = await browserThere.SubmitAsync("/sign-in", "/sign-out");
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            return;
        }
        var result = how switch
        {
            "disabled" => await there.Get<Accounts>().SetDisabledAsync(Actor.System, "mia", true, None),
            "role lost" => await there.Get<Accounts>().SetRolesAsync(Actor.System, "mia", Roles.Viewer, None),
            _ => await there.Get<Sessions>().EndAllAsync(Actor.Person("mia", Roles.Viewer), "mia", null, None),
        };
        result.Message.ShouldBe("");
    }

    /// <summary>Something that only who is let in may do.</summary>
    private static async Task<ActionResult> FreezeAsync(TestDashboard dashboard, Circuit circuit) =>
        (await dashboard.Get<CreateFreeze>().RunAsync(await circuit.ActorAsync(), new NewFreeze(null, "A test.", dashboard.Get<TimeProvider>().GetUtcNow().AddDays(30)), None)).Result;

    /// <summary>What the browser gets from the API and for a page.</summary>
    private static async Task<(HttpStatusCode Api, HttpStatusCode Page)> StatusAsync(TestBrowser browser)
    {
        using var api = await browser.GetAsync("/api/v1/me");
        using var page = await browser.GetAsync("/projects");
        return (api.StatusCode, page.StatusCode);
    }

    private static void CopyKeys(string from, string to)
    {
        var keys = Directory.CreateDirectory(Path.Combine(to, "keys")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(from, "keys")))
            File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
    }
}
