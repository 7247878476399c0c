using ReleaseDashboard.Core.People;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.Infrastructure.Notifications;

namespace ReleaseDashboard.Infrastructure.Tests.Notifications;

public sealed class TrailFollowerTests
{
    [Theory, DatabaseData]
    public async Task Entries_OfConcern_AreToldOnceToThoseWhoMustKnow(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        var lead = await host.AddPersonAsync("lead", Roles.Maintainer);
        var viewer = await host.AddPersonAsync("vera", Roles.Viewer);
        await host.WarnAsync("pypi-password");
        await host.AuditAsync(Actor.System, "step.start", "build");
        await host.AuditAsync(Actor.Person("vera", Roles.Viewer), "user.password", "vera");

        await host.FollowAsync();

        var told = (await host.InboxAsync(lead)).ShouldHaveSingleItem();
        told.Title.ShouldBe("hello: The secret pypi-password expires in 2 days");
        told.Path.ShouldBe("/projects/hello/secrets");
        told.ReadAt.ShouldBeNull();
        (await host.InboxAsync(viewer)).ShouldHaveSingleItem().Event.ShouldBe("account.changed");
    }

    [Theory, DatabaseData]
    public async Task Restart_InTheMiddle_TellsNothingTwiceAndForgetsNothing(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        var lead = await host.AddPersonAsync("lead", Roles.Maintainer);
        await host.WarnAsync("one");
        await host.FollowAsync();
        await host.WarnAsync("two");

        var next = host.Second();
        await next.FollowAsync();
        await host.FollowAsync();
        await next.StopAsync();

        (await host.InboxAsync(lead)).Select(item => item.Title).ShouldBe(
            ["hello: The secret two expires in 2 days", "hello: The secret one expires in 2 days"]);
    }

    [Theory, DatabaseData]
    public async Task TwoProcesses_AtOnce_TellEachEntryOnce(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        var lead = await host.AddPersonAsync("lead", Roles.Maintainer);
        var other = host.Second();
        for (var number = 0; number < 30; number++)
            await host.WarnAsync($"s{number}");

        await Task.WhenAll(Task.Run(host.FollowAsync), Task.Run(other.FollowAsync), Task.Run(async () =>
        {
            for (var number = 30; number < 60; number++)
                await host.WarnAsync($"s{number}");
        }));
        await other.FollowAsync();
        await host.FollowAsync();
        await other.StopAsync();

        var titles = (await host.InboxAsync(lead)).Select(item => item.Title).ToList();
        titles.Count.ShouldBe(60);
        titles.Distinct().Count().ShouldBe(60);
    }

    [Theory, DatabaseData]
    public async Task Roles_InOneProjectOrByGroup_Count(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        var own = await host.AddPersonAsync("own", Roles.None);
        var member = await host.AddPersonAsync("member", Roles.None);
        var stranger = await host.AddPersonAsync("stranger", Roles.None);
        await host.Database.Ledger.AppendAsync(
            async db =>
            {
                var group = Guid.CreateVersion7();
                db.Groups.Add(new() { Id = group, Name = "ops", NormalizedName = "OPS", CreatedAt = host.Clock.GetUtcNow(), CreatedBy = "test" });
                db.GroupMembers.Add(new() { GroupId = group, UserId = member.Id });
                db.ProjectRoles.Add(new() { ProjectId = host.Project, SubjectId = group, IsGroup = true, Roles = Roles.Maintainer });
                db.ProjectRoles.Add(new() { ProjectId = host.Project, SubjectId = own.Id, IsGroup = false, Roles = Roles.Maintainer });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        await host.WarnAsync("one");
        await host.FollowAsync();

        (await host.InboxAsync(own)).Count.ShouldBe(1);
        (await host.InboxAsync(member)).Count.ShouldBe(1);
        (await host.InboxAsync(stranger)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Inbox_MarkedRead_IsReadForThatPersonOnly()
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite);
        var (one, two) = (await host.AddPersonAsync("one", Roles.Maintainer), await host.AddPersonAsync("two", Roles.Maintainer));
        await host.WarnAsync("s");
        await host.FollowAsync();
        var inbox = host.Get<Infrastructure.Notifications.Reading.Inbox>();

        (await inbox.ReadAsync(two.Id, (await host.InboxAsync(one)).Single().Id, CancellationToken.None)).ShouldBe(0);
        (await inbox.ReadAsync(one.Id, null, CancellationToken.None)).ShouldBe(1);

        (await inbox.CountUnreadAsync(one.Id, CancellationToken.None)).ShouldBe(0);
        (await inbox.CountUnreadAsync(two.Id, CancellationToken.None)).ShouldBe(1);
    }
}
