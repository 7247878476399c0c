using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.People;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.TestSupport.Databases;

namespace ReleaseDashboard.Infrastructure.Tests.People;

public sealed class ApiTokensTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Token_Fresh_ActsForItsOwnerWithItsRoles(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("mia", Roles.Viewer | Roles.Maintainer);
        var token = (await host.Get<ApiTokens>().CreateAsync(Actor.Person("mia", Roles.Viewer), "mia", "ci", Roles.Viewer, TimeSpan.FromDays(1), None)).Value;
        token.Text.ShouldStartWith("rd_");
        token.ToString().ShouldNotContain(token.Text);
        var owner = (await host.Get<ApiTokens>().FindAsync(token.Text, None)).ShouldNotBeNull().Actor;
        (owner.Kind, owner.Name, owner.Roles).ShouldBe(("token", "mia", Roles.Viewer));
        (await host.Get<ApiTokens>().FindAsync(token.Text[..^1] + (token.Text[^1] == 'A' ? 'B' : 'A'), None)).ShouldBeNull();
        await using var db = host.Database.Ledger.Read();
        (await db.ApiTokens.SingleAsync()).Hash.ShouldNotContain(token.Text[3..]);
        (await db.Audit.OrderBy(entry => entry.Sequence).LastAsync()).After!.ShouldNotContain(token.Text[3..]);
    }

    [Theory, DatabaseData]
    public async Task Token_OwnerLosesRole_LosesItToo(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("mia", Roles.Viewer | Roles.Maintainer);
        var token = (await host.Get<ApiTokens>().CreateAsync(PeopleHost.Administrator, "mia", "ci", Roles.Viewer | Roles.Maintainer, null, None)).Value;
        await host.Get<Accounts>().SetRolesAsync(PeopleHost.Administrator, "mia", Roles.Viewer, None);
        (await host.Get<ApiTokens>().FindAsync(token.Text, None)).ShouldNotBeNull().Actor.Roles.ShouldBe(Roles.Viewer);
        await host.Get<Accounts>().SetDisabledAsync(PeopleHost.Administrator, "mia", true, None);
        (await host.Get<ApiTokens>().FindAsync(token.Text, None)).ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Token_ExpiredOrRevoked_IsNobody(DatabaseKind kind)
    {
        await using var host = await PeopleHost.StartAsync(kind);
        await host.AddAsync("mia", Roles.Viewer);
        var tokens = host.Get<ApiTokens>();
        var mia = Actor.Person("mia", Roles.Viewer);
        var short_ = (await tokens.CreateAsync(mia, "mia", "short", Roles.Viewer, TimeSpan.FromHours(1), None)).Value;
        var long_ = (await tokens.CreateAsync(mia, "mia", "long", Roles.Viewer, TimeSpan.FromDays(1), None)).Value;
        host.Clock.Now += TimeSpan.FromHours(2);
        (await tokens.FindAsync(short_.Text, None)).ShouldBeNull();
        (await tokens.FindAsync(long_.Text, None)).ShouldNotBeNull();
        (await tokens.RevokeAsync(Actor.Person("eve", Roles.Maintainer), long_.Id, None)).Refusal.ShouldBe(Refusal.NotAllowed);
        (await tokens.RevokeAsync(mia, long_.Id, None)).IsDone.ShouldBeTrue();
        (await tokens.RevokeAsync(mia, long_.Id, None)).Refusal.ShouldBe(Refusal.Conflict);
        (await tokens.FindAsync(long_.Text, None)).ShouldBeNull();
        (await tokens.ListAsync("mia", None)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Create_MoreRolesThanOwner_IsInvalid()
    {
        await using var host = await PeopleHost.StartAsync(DatabaseKind.Sqlite);
        await host.AddAsync("mia", Roles.Viewer);
        (await host.Get<ApiTokens>().CreateAsync(PeopleHost.Administrator, "mia", "ci", Roles.Viewer | Roles.Administrator, null, None)).Error!.Refusal.ShouldBe(Refusal.Invalid);
        (await host.Get<ApiTokens>().CreateAsync(Actor.Person("eve", Roles.Maintainer), "mia", "ci", Roles.Viewer, null, None)).Error!.Refusal.ShouldBe(Refusal.NotAllowed);
    }
}
