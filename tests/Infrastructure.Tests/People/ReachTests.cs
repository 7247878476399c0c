using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.People;

/// <summary>What a person may do, where it comes from, and how it goes.</summary>
public sealed class ReachTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Actor_RolesDirectAndThroughGroups_HasTheirUnion(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        var (first, second) = (await AddProjectAsync(host, "first"), await AddProjectAsync(host, "second"));
        await host.AddAsync("mia", Roles.None);
        await AddGroupAsync(host, "security", "mia");
        await AddGroupAsync(host, "docs", "mia");
        await SetAsync(host, first, "mia", false, Roles.Maintainer);
        await SetAsync(host, first, "security", true, Roles.Reviewer);
        await SetAsync(host, second, "docs", true, Roles.Viewer);
        var mia = (await host.Get<AccountQueries>().FindActorAsync("MIA", None)).ShouldNotBeNull();
        mia.Groups.ShouldBe(["docs", "security"]);
        mia.RolesIn(first).ShouldBe(Roles.Maintainer | Roles.Reviewer);
        mia.RolesIn(second).ShouldBe(Roles.Viewer);
        mia.May(Permission.StartRelease, first).ShouldBeTrue();
        mia.May(Permission.StartRelease, second).ShouldBeFalse();
        mia.May(Permission.StartRelease).ShouldBeFalse();
        mia.ProjectsWhere(Permission.SeeProject).ShouldNotBeNull().Order().ShouldBe(new[] { first, second }.Order());
        (await host.Get<AccountQueries>().InProjectAsync(first, None)).Single(person => person.Name == "mia").RolesIn(first).ShouldBe(Roles.Maintainer | Roles.Reviewer);
    }

    [Theory, DatabaseData]
    public async Task Group_LeftOrDeleted_TakesItsRolesAndEndsSessions(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        var project = await AddProjectAsync(host, "first");
        await host.AddAsync("mia", Roles.None);
        await AddGroupAsync(host, "security", "mia");
        await SetAsync(host, project, "security", true, Roles.Reviewer);
        var session = await OpenAsync(host, "mia");
        (await host.Get<Groups>().DeleteAsync(PeopleHost.Administrator, "Security", None)).Message.ShouldBe("");
        (await host.Get<AccountQueries>().FindActorAsync("mia", None)).ShouldNotBeNull().RolesIn(project).ShouldBe(Roles.None);
        (await host.Get<Sessions>().EndedAsync([session], None)).ShouldBe([session]);
        (await host.Get<ProjectAccess>().ListAsync(project, None)).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task Grant_ToOneself_IsRefusedAndAudited(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        var project = await AddProjectAsync(host, "first");
        await host.AddAsync("root", Roles.Administrator);
        await AddGroupAsync(host, "security");
        await SetAsync(host, project, "security", true, Roles.Reviewer);
        var root = PeopleHost.Administrator;
        (await host.Get<Accounts>().SetRolesAsync(root, "ROOT", Roles.Administrator | Roles.Reviewer, None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await host.Get<ProjectAccess>().SetAsync(root, project, "root", false, Roles.Reviewer, None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await host.Get<Groups>().AddMemberAsync(root, "security", "Root", None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await host.Get<AccountQueries>().FindActorAsync("root", None)).ShouldNotBeNull().RolesIn(project).ShouldBe(Roles.Administrator);
        await using var db = host.Database.Ledger.Read();
        db.Audit.Count(entry => entry.Action == "access.refuse" && entry.ActorName == "root").ShouldBe(3);
    }

    [Theory, DatabaseData]
    public async Task Token_LimitedByScopeAndProject_MayOnlyThat(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        var (first, second) = (await AddProjectAsync(host, "first"), await AddProjectAsync(host, "second"));
        await host.AddAsync("mia", Roles.Maintainer);
        var tokens = host.Get<ApiTokens>();
        var mia = Actor.Person("mia", Roles.Maintainer);
        var request = new TokenRequest("mia", "ci", Roles.Maintainer, TimeSpan.FromDays(1)) { Scopes = [Permission.StartRelease], ProjectId = first };
        var limited = (await tokens.FindAsync((await tokens.CreateAsync(mia, request, None)).Value.Text, None)).ShouldNotBeNull();
        limited.Actor.May(Permission.StartRelease, first).ShouldBeTrue();
        limited.Actor.May(Permission.SeeProject, first).ShouldBeTrue();
        limited.Actor.May(Permission.AbortRelease, first).ShouldBeFalse();
        limited.Actor.May(Permission.StartRelease, second).ShouldBeFalse();
        limited.Actor.May(Permission.AddProject).ShouldBeFalse();
        // A limited token that could make an unlimited one would not be limited.
        (await tokens.CreateAsync(limited.Actor, "mia", "more", Roles.Maintainer, null, None)).Error.ShouldNotBeNull().Refusal.ShouldBe(Refusal.NotAllowed);
        (await tokens.CreateAsync(mia with { IsConfirmed = false }, request, None)).Error.ShouldNotBeNull().Refusal.ShouldBe(Refusal.ConfirmationNeeded);
        await tokens.NoteUseAsync(limited, None);
        (await tokens.ListAsync("mia", None)).Single().UsedAt.ShouldNotBeNull();
    }

    [Theory, DatabaseData]
    public async Task GitHubLogin_DiffersFromName_FindsThePerson(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("mia", Roles.Viewer);
        await host.AddAsync("bob", Roles.Viewer);
        var accounts = host.Get<Accounts>();
        (await accounts.SetGitHubLoginAsync(PeopleHost.Administrator, "mia", "mia-at-work", None)).Message.ShouldBe("");
        (await accounts.SetGitHubLoginAsync(PeopleHost.Administrator, "bob", "MIA-at-work", None)).Refusal.ShouldBe(Refusal.Conflict);
        (await accounts.SetGitHubLoginAsync(PeopleHost.Administrator, "bob", "not a login", None)).Refusal.ShouldBe(Refusal.Invalid);
        var found = await host.Get<AccountQueries>().ByGitHubLoginsAsync(["Mia-At-Work", "stranger"], None);
        found["MIA-AT-WORK"].ShouldBe("mia");
        found.ContainsKey("stranger").ShouldBeFalse();
        // Whoever signs in with that login at GitHub is its holder from then on.
        var other = (await host.Get<GitHubAccounts>().SignInAsync(7, "mia-at-work", null, None)).Value;
        (await host.Get<AccountQueries>().ByGitHubLoginsAsync(["mia-at-work"], None))["mia-at-work"].ShouldBe(other.Name);
    }

    [Theory, DatabaseData]
    public async Task Session_TooOldOrEnded_HasNoOwner(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("mia", Roles.Viewer);
        var id = await OpenAsync(host, "mia");
        var mia = await host.FindAsync("mia");
        var queries = host.Get<AccountQueries>();
        (await queries.FindSessionAsync(mia.Id, id, host.Clock.Now, None)).ShouldNotBeNull().Account.Name.ShouldBe("mia");
        (await queries.FindSessionAsync(Guid.CreateVersion7(), id, host.Clock.Now, None)).ShouldBeNull();
        (await queries.FindSessionAsync(mia.Id, id, host.Clock.Now + Sessions.MaximumAge + TimeSpan.FromHours(1), None)).ShouldBeNull();
        (await host.Get<Sessions>().OpenAsync(mia with { SecurityStamp = "old" }, null, null, null, None)).ShouldBeNull();
        await host.Get<Accounts>().SetDisabledAsync(PeopleHost.Administrator, "mia", true, None);
        (await queries.FindSessionAsync(mia.Id, id, host.Clock.Now, None)).ShouldBeNull();
    }

    private static async Task<Guid> OpenAsync(PeopleHost host, string name) =>
        (await host.Get<Sessions>().OpenAsync(await host.FindAsync(name), null, null, null, None)).ShouldNotBeNull();

    private static async Task SetAsync(PeopleHost host, Guid project, string name, bool isGroup, Roles roles) =>
        (await host.Get<ProjectAccess>().SetAsync(Actor.System, project, name, isGroup, roles, None)).Message.ShouldBe("");

    private static async Task AddGroupAsync(PeopleHost host, string name, params IReadOnlyList<string> members)
    {
        (await host.Get<Groups>().CreateAsync(Actor.System, name, null, None)).Message.ShouldBe("");
        foreach (var member in members)
            (await host.Get<Groups>().AddMemberAsync(Actor.System, name, member, None)).Message.ShouldBe("");
    }

    private static async Task<Guid> AddProjectAsync(PeopleHost host, string name)
    {
        var id = Guid.CreateVersion7();
        await host.Database.Ledger.AppendAsync(
            async db =>
            {
                db.Projects.Add(new ProjectRecord
                {
                    Id = id, Name = name, Repository = "o/" + name, IsSandbox = false, CreatedAt = host.Clock.Now.ToUniversalTime(), CreatedBy = "root",
                    Settings = new ProjectSettings { GitUrl = "", WebUrl = "", Package = "", VersionFile = "" },
                });
                await db.SaveChangesAsync();
            },
            None);
        return id;
    }
}
