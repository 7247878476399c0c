using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Freezes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Projects;
using ReleaseDashboard.Infrastructure.Releases.Reading;
using ReleaseDashboard.Infrastructure.Releases.Starting;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Web;

namespace ReleaseDashboard.Web.Tests.Access;

/// <summary>The whole product with two projects, a release in the first, and one person for each way of having a role.</summary>
public sealed class AccessWorld : IAsyncLifetime
{
    public const string Here = "hello-wrapper";
    private const string Elsewhere = "hello-images";

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly Dictionary<string, string> tokens = [];
    private readonly Dictionary<string, TestBrowser> browsers = [];
    private TestDatabase? database;

    public TestDashboard Dashboard { get; private set; } = default!;

    public Guid Project { get; private set; }

    public Guid Release { get; private set; }

    /// <summary>Key of the release's first step.</summary>
    public string Step { get; private set; } = "";

    /// <summary>Somebody else, whose matters are nobody's own.</summary>
    public Account Other { get; private set; } = default!;

    public Guid OtherToken { get; private set; }

    /// <summary>A freeze of the project that has not begun.</summary>
    public Guid Freeze { get; private set; }

    public Guid OtherSession { get; private set; }

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        Dashboard = await TestDashboard.StartAsync(sandbox: true, database);
        var projects = Dashboard.Get<ProjectQueries>();
        Project = (await projects.FindAsync(Here, None)).ShouldNotBeNull().Id;
        var elsewhere = (await projects.FindAsync(Elsewhere, None)).ShouldNotBeNull().Id;
        foreach (var person in AccessPerson.Everybody)
        {
            if (person.Name is { } name)
                await AddAsync(person, name, elsewhere);
        }
        var starter = Actor.Person("administrator1", Roles.Maintainer);
        var (id, result) = await Dashboard.Get<StartRelease>().RunAsync(starter, new StartRequest(Project, "1.2.0", "wrapper", new string('a', 40), "1.1.3", ""), None);
        Release = id ?? throw new InvalidOperationException(result.Message);
        Step = (await Dashboard.Get<ReleaseQueries>().FindAsync(Release, None)).ShouldNotBeNull().Steps.First().Key;
        Other = await Dashboard.AddUserAsync("somebody-else", Roles.Viewer);
        OtherToken = (await Dashboard.Get<ApiTokens>().CreateAsync(Actor.System, Other.Name, "theirs", Roles.Viewer, TimeSpan.FromDays(1), None)).Value.Id;
        var freeze = await Dashboard.Get<CreateFreeze>().RunAsync(Actor.System, new NewFreeze(Project, "Trade fair.", Dashboard.Get<TimeProvider>().GetUtcNow().AddDays(30)), None);
        Freeze = freeze.Id ?? throw new InvalidOperationException(freeze.Result.Message);
        await RenewOtherSessionAsync();
    }

    public async Task RenewOtherSessionAsync()
    {
        Other = (await Dashboard.Get<AccountQueries>().FindAsync(Other.Id, None)).ShouldNotBeNull();
        OtherSession = (await Dashboard.Get<Sessions>().OpenAsync(Other, "203.0.113.5", "Firefox on Linux", null, None)).ShouldNotBeNull();
    }

    /// <summary>The person's browser, signed in.</summary>
    public TestBrowser BrowserOf(AccessPerson person) => browsers[person.Name ?? ""];

    /// <summary>A token of the person with all their roles; null for who can have none.</summary>
    public string? TokenOf(AccessPerson person) => person.Name is { } name && tokens.TryGetValue(name, out var text) ? text : null;

    /// <summary>The person as one who acts, as the ledger knows it now.</summary>
    public async Task<Actor> ActorOfAsync(AccessPerson person) => person.Name is { } name
        ? (await Dashboard.Get<AccountQueries>().FindActorAsync(name, None)).ShouldNotBeNull()
        : Actor.Person("nobody", Roles.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var browser in browsers.Values)
            browser.Dispose();
        await Dashboard.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    private async Task AddAsync(AccessPerson person, string name, Guid elsewhere)
    {
        await Dashboard.AddUserAsync(name, person.Everywhere);
        var access = Dashboard.Get<ProjectAccess>();
        if (person.Here != Roles.None)
            (await access.SetAsync(Actor.System, Project, name, false, person.Here, None)).Message.ShouldBe("");
        if (person.Elsewhere != Roles.None)
            (await access.SetAsync(Actor.System, elsewhere, name, false, person.Elsewhere, None)).Message.ShouldBe("");
        if (person.Any != Roles.None)
            tokens[name] = (await Dashboard.Get<ApiTokens>().CreateAsync(Actor.System, name, "all", person.Any, TimeSpan.FromDays(1), None)).Value.Text;
        var browser = browsers[name] = Dashboard.OpenBrowser();
        using var signedIn = await browser.SignInAsync(name, TestDashboard.Password);
        signedIn.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
    }
}
