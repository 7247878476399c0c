using System.Diagnostics;
using System.Net;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;
using ReleaseDashboard.Web.Auth;

namespace ReleaseDashboard.Web.Tests.Auth;

public sealed class SessionTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    public static TheoryData<string> Endings => ["log-out", "disabled", "role lost", "project role lost", "group left", "ended by an administrator", "signed out everywhere"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Session_EndedInAnotherProcess_IsOverWithinFiveSeconds(string how)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var dashboard = await StartAsync(database);
        var mia = (await dashboard.Get<AccountQueries>().FindByNameAsync("mia", None)).ShouldNotBeNull();
        var session = (await dashboard.Get<Sessions>().OpenAsync(mia, null, null, null, None)).ShouldNotBeNull();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = dashboard.Get<SessionWatch>().Watch(mia.Id, session, ended.SetResult);

        // A store with a feed of its own: this process hears nothing of it, as with SQLite and two processes.
        await EndAsync(how, new OtherProcess(database), mia, session);
        var begun = Stopwatch.GetTimestamp();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Stopwatch.GetElapsedTime(begun).ShouldBeLessThan(Promised);
    }

    [Fact]
    public async Task SignIn_SecondTime_HasANewSessionAndEndsTheFirst()
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        await browser.SignInAsync("mia", TestDashboard.Password);
        var planted = Cookie(browser, dashboard);
        await browser.SignInAsync("mia", TestDashboard.Password);
        var own = Cookie(browser, dashboard);
        own.ShouldNotBe(planted);
        (await dashboard.Get<Sessions>().ListAsync(Actor.Person("mia", Roles.None), "mia", None)).Count.ShouldBe(1);
        (await IsSignedInAsync(dashboard, own)).ShouldBeTrue();
        (await IsSignedInAsync(dashboard, planted)).ShouldBeFalse();
    }

    [Fact]
    public async Task SignOut_CookieKeptElsewhere_IsWorthNothing()
    {
        await using var dashboard = await StartAsync();
        using var browser = dashboard.OpenBrowser();
        await browser.SignInAsync("mia", TestDashboard.Password);
        var stolen = Cookie(browser, dashboard);
        (await IsSignedInAsync(dashboard, stolen)).ShouldBeTrue();
        await browser.SubmitAsync("/sign-in", "/sign-out");
        (await IsSignedInAsync(dashboard, stolen)).ShouldBeFalse();
    }

    [Fact]
    public async Task Session_OfAnotherPerson_CannotBeEndedOrListed()
    {
        await using var dashboard = await StartAsync();
        var mia = (await dashboard.Get<AccountQueries>().FindByNameAsync("mia", None)).ShouldNotBeNull();
        var sessions = dashboard.Get<Sessions>();
        var id = (await sessions.OpenAsync(mia, null, null, null, None)).ShouldNotBeNull();
        var eve = Actor.Person("eve", Roles.Maintainer | Roles.Reviewer);
        (await sessions.EndAsync(eve, id, None)).Refusal.ShouldBe(Refusal.NotFound);
        (await sessions.EndAllAsync(eve, "mia", null, None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await sessions.ListAsync(eve, "mia", None)).ShouldBeEmpty();
        (await sessions.EndAsync(Actor.Person("mia", Roles.None), id, None)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Password_ChangedByOwner_EndsTheOtherSessionsOnly()
    {
        await using var dashboard = await StartAsync();
        var mia = (await dashboard.Get<AccountQueries>().FindByNameAsync("mia", None)).ShouldNotBeNull();
        var (sessions, own) = (dashboard.Get<Sessions>(), dashboard.Get<OwnAccount>());
        var kept = (await sessions.OpenAsync(mia, null, null, null, None)).ShouldNotBeNull();
        var other = (await sessions.OpenAsync(mia, null, null, null, None)).ShouldNotBeNull();
        var actor = Actor.Person("mia", Roles.Viewer);
        (await own.ChangePasswordAsync(actor, kept, "not it at all", "another long password", None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await own.ChangePasswordAsync(actor with { Kind = "token" }, kept, TestDashboard.Password, "another long password", None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await own.ChangePasswordAsync(actor, kept, TestDashboard.Password, "another long password", None)).Message.ShouldBe("");
        (await sessions.EndedAsync([kept, other], None)).ShouldBe([other]);
        (await dashboard.Get<PasswordSignIn>().CheckAsync("mia", "another long password", None)).ShouldNotBeNull();
    }

    private static async Task EndAsync(string how, OtherProcess elsewhere, Account mia, Guid session)
    {
        var result = how switch
        {
            "log-out" => await elsewhere.Sessions.EndAsync(Actor.Person("mia", Roles.Viewer), session, None),
            "disabled" => await elsewhere.Accounts.SetDisabledAsync(Actor.System, "mia", true, None),
            "role lost" => await elsewhere.Accounts.SetRolesAsync(Actor.System, "mia", Roles.None, None),
            "project role lost" => await elsewhere.LoseProjectRoleAsync(mia),
            "group left" => await elsewhere.LeaveGroupAsync(),
            "ended by an administrator" => await elsewhere.Sessions.EndAsync(Actor.Person("root", Roles.Administrator), session, None),
            _ => await elsewhere.Sessions.EndAllAsync(Actor.Person("mia", Roles.Viewer), "mia", null, None),
        };
        result.Message.ShouldBe("");
    }

    private static async Task<TestDashboard> StartAsync(TestDatabase? database = null)
    {
        var dashboard = await TestDashboard.StartAsync(database: database);
        await dashboard.AddUserAsync("root", Roles.Administrator);
        await dashboard.AddUserAsync("mia", Roles.Viewer);
        return dashboard;
    }

    private static string Cookie(TestBrowser browser, TestDashboard dashboard) => browser.Cookies.GetCookies(dashboard.Address)["rd-session"].ShouldNotBeNull().Value;

    private static async Task<bool> IsSignedInAsync(TestDashboard dashboard, string cookie)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = dashboard.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.Add("Cookie", $"rd-session={cookie}");
        using var answer = await http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>The same actions over the same database, unheard by the dashboard.</summary>
    private sealed class OtherProcess(TestDatabase database)
    {
        private readonly Infrastructure.Persistence.LedgerStore ledger = database.OpenStore(new ChangeFeed());

        public Sessions Sessions => new(ledger, TimeProvider.System);

        public Accounts Accounts => new(ledger, new Microsoft.AspNetCore.Identity.PasswordHasher<Infrastructure.Persistence.Records.UserRecord>(), TimeProvider.System);

        public async Task<ActionResult> LoseProjectRoleAsync(Account mia)
        {
            var id = Guid.CreateVersion7();
            await ledger.AppendAsync(
                async db =>
                {
                    db.Projects.Add(new Infrastructure.Persistence.Records.ProjectRecord
                    {
                        Id = id, Name = "p", Repository = "o/p", IsSandbox = false, CreatedAt = TimeProvider.System.GetUtcNow(), CreatedBy = "root",
                        Settings = new Core.Projects.ProjectSettings { GitUrl = "", WebUrl = "", Package = "", VersionFile = "" },
                    });
                    db.ProjectRoles.Add(new Infrastructure.Persistence.Records.ProjectRoleRecord { ProjectId = id, SubjectId = mia.Id, IsGroup = false, Roles = Roles.Maintainer });
                    await db.SaveChangesAsync();
                },
                None);
            return await new ProjectAccess(ledger).SetAsync(Actor.System, id, "mia", false, Roles.None, None);
        }

        public async Task<ActionResult> LeaveGroupAsync()
        {
            var groups = new Groups(ledger, TimeProvider.System);
            (await groups.CreateAsync(Actor.System, "security", null, None)).Message.ShouldBe("");
            (await groups.AddMemberAsync(Actor.System, "security", "mia", None)).Message.ShouldBe("");
            return await groups.RemoveMemberAsync(Actor.System, "security", "mia", None);
        }
    }
}
