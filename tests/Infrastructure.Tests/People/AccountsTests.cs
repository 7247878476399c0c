using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Changes;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.People;

public sealed class AccountsTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Create_GoodAccount_CanSignInAndIsAudited(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("Mia", Roles.Viewer | Roles.Maintainer);
        (await host.Get<PasswordSignIn>().CheckAsync("mIA", PeopleHost.Password, None)).ShouldNotBeNull().Roles.ShouldBe(Roles.Viewer | Roles.Maintainer);
        (await host.Get<PasswordSignIn>().CheckAsync("mia", PeopleHost.Password + "x", None)).ShouldBeNull();
        (await host.Get<PasswordSignIn>().CheckAsync("nobody", PeopleHost.Password, None)).ShouldBeNull();
        await using var db = host.Database.Ledger.Read();
        var entry = await db.Audit.SingleAsync();
        entry.Action.ShouldBe("user.create");
        entry.ActorName.ShouldBe("root");
        entry.After!.ShouldNotContain(PeopleHost.Password);
        (await db.Users.SingleAsync()).PasswordHash!.ShouldNotContain(PeopleHost.Password);
    }

    [Theory, DatabaseData]
    public async Task Create_NameTakenInOtherCase_IsConflict(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("mia", Roles.Viewer);
        (await host.Get<Accounts>().CreateAsync(PeopleHost.Administrator, "MIA", null, PeopleHost.Password, Roles.Viewer, None)).Refusal.ShouldBe(Refusal.Conflict);
    }

    [Theory]
    [InlineData("mia", "short")]
    [InlineData("mia", "aaaaaaaaaaaaaaaa")]
    [InlineData("averylongname", "averylongname1")]
    [InlineData("-mia", PeopleHost.Password)]
    [InlineData("mia jo", PeopleHost.Password)]
    [InlineData("mia@github", PeopleHost.Password)]
    public async Task Create_BadNameOrPassword_IsInvalid(string name, string password)
    {
        await using var host = await PeopleHost.StartAsync(DatabaseKind.Sqlite);
        (await host.Get<Accounts>().CreateAsync(PeopleHost.Administrator, name, null, password, Roles.Viewer, None)).Refusal.ShouldBe(Refusal.Invalid);
        (await host.Get<AccountQueries>().ListAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_ByMaintainer_IsNotAllowed()
    {
        await using var host = await PeopleHost.StartAsync(DatabaseKind.Sqlite);
        var maintainer = Actor.Person("mia", Roles.Viewer | Roles.Maintainer | Roles.Reviewer);
        (await host.Get<Accounts>().CreateAsync(maintainer, "eve", null, PeopleHost.Password, Roles.Administrator, None)).Refusal.ShouldBe(Refusal.NotAllowed);
    }

    [Theory, DatabaseData]
    public async Task Change_Account_ChangesStampAndTellsSessions(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("mia", Roles.Viewer);
        var before = await host.FindAsync("mia");
        var heard = new List<Change>();
        using var subscription = host.Database.Changes.Subscribe(heard.Add);
        (await host.Get<Accounts>().SetRolesAsync(PeopleHost.Administrator, "mia", Roles.Viewer | Roles.Reviewer, None)).IsDone.ShouldBeTrue();
        var after = await host.FindAsync("mia");
        after.SecurityStamp.ShouldNotBe(before.SecurityStamp);
        after.Roles.ShouldBe(Roles.Viewer | Roles.Reviewer);
        heard.ShouldContain(new Change.User(after.Id));
    }

    [Theory, DatabaseData]
    public async Task Disable_LastAdministrator_IsConflict(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("ada", Roles.Administrator);
        (await host.Get<Accounts>().SetDisabledAsync(PeopleHost.Administrator, "ada", true, None)).Refusal.ShouldBe(Refusal.Conflict);
        (await host.Get<Accounts>().SetRolesAsync(PeopleHost.Administrator, "ada", Roles.Viewer, None)).Refusal.ShouldBe(Refusal.Conflict);
        await host.AddAsync("bob", Roles.Administrator);
        (await host.Get<Accounts>().SetDisabledAsync(PeopleHost.Administrator, "ada", true, None)).IsDone.ShouldBeTrue();
        (await host.Get<PasswordSignIn>().CheckAsync("ada", PeopleHost.Password, None)).ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task FirstRun_RightCode_MakesOneAdministratorOnce(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        var firstRun = host.Get<FirstRun>();
        (await firstRun.IsNeededAsync(None)).ShouldBeTrue();
        (await firstRun.CreateAdministratorAsync("AAAA-AAAA-AAAA-AAAA", "ada", null, PeopleHost.Password, None)).Refusal.ShouldBe(Refusal.NotAllowed);
        var results = await Task.WhenAll(
            firstRun.CreateAdministratorAsync(firstRun.Code, "ada", null, PeopleHost.Password, None),
            firstRun.CreateAdministratorAsync(firstRun.Code, "eve", null, PeopleHost.Password, None));
        results.Count(result => result.IsDone).ShouldBe(1);
        (await firstRun.IsNeededAsync(None)).ShouldBeFalse();
        (await host.Get<AccountQueries>().ListAsync(None)).Count.ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task GitHub_SameLoginAsLocalAccount_IsAnotherPerson(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("mia", Roles.Administrator);
        var signedIn = (await host.Get<GitHubAccounts>().SignInAsync(42, "mia", "Mia", None)).Value;
        signedIn.Name.ShouldBe("mia@42");
        signedIn.Roles.ShouldBe(Roles.Viewer);
        (await host.Get<GitHubAccounts>().SignInAsync(42, "renamed", "Mia", None)).Value.Id.ShouldBe(signedIn.Id);
    }

    [Theory, DatabaseData]
    public async Task Persona_NameOfRealPerson_IsRefused(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("lead", Roles.Administrator);
        (await host.Get<Personas>().SignInAsync("lead", None)).ShouldBeNull();
        (await host.Get<Personas>().SignInAsync("anybody", None)).ShouldBeNull();
        (await host.Get<Personas>().SignInAsync("reviewer", None)).ShouldNotBeNull().IsPersona.ShouldBeTrue();
    }
}
