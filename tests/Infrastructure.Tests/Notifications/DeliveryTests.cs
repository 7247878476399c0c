using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Notifications;

namespace ReleaseDashboard.Infrastructure.Tests.Notifications;

public sealed class DeliveryTests
{
    private const string Key = "a signing key of the tests";

    private static ChannelDraft Webhook(HttpReceiver receiver, string path = "/hook") => new() { Kind = ChannelKind.Webhook, Name = "ops", Url = new Uri(receiver.Address, path).AbsoluteUri, Key = Key };

    [Theory, DatabaseData]
    public async Task Webhook_TwoNoticesCloseTogether_GoAsOneSignedDelivery(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        await host.AddPersonAsync("lead", Roles.Maintainer);
        await host.AddChannelAsync(host.OfProject, Webhook(receiver));
        await host.WarnAsync("one");
        await host.FollowAsync();
        await host.WarnAsync("two");
        await host.FollowAsync();

        (await host.SendAsync()).ShouldNotBeNull();
        receiver.All.ShouldBeEmpty();
        host.Clock.Advance(TimeSpan.FromSeconds(21));
        await host.SendAsync();

        var got = receiver.All.ShouldHaveSingleItem();
        got.Path.ShouldBe("/hook");
        got.Headers[WebhookSender.SignatureHeader].ShouldBe(WebhookSender.Sign(Key, got.Headers[WebhookSender.TimestampHeader], got.Body));
        var body = JsonDocument.Parse(got.Body).RootElement;
        body.GetProperty("delivery").GetString().ShouldBe(got.Headers[WebhookSender.DeliveryHeader]);
        body.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("event").GetString()).ShouldBe(["secret.expiring", "secret.expiring"]);
        body.GetProperty("events")[0].GetProperty("url").GetString().ShouldBe("https://releases.example.org/projects/hello/secrets");
        var channel = await host.ChannelAsync(host.OfProject);
        (channel.DeliveredAt, channel.Waiting, channel.FailingSince).ShouldSatisfyAllConditions(
            state => state.DeliveredAt.ShouldNotBeNull(), state => state.Waiting.ShouldBe(0), state => state.FailingSince.ShouldBeNull());
    }

    [Theory, DatabaseData]
    public async Task Freeze_OfAllProjects_ReachesTheirChannelsAndWhoReleasesThere(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        var own = await host.AddPersonAsync("own", Roles.None);
        await host.Database.Ledger.AppendAsync(
            async db =>
            {
                db.ProjectRoles.Add(new() { ProjectId = host.Project, SubjectId = own.Id, IsGroup = false, Roles = Roles.Maintainer });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        await host.AddChannelAsync(host.OfProject, Webhook(receiver));
        var from = host.Clock.GetUtcNow().AddDays(3);
        await host.AuditAsync(Actor.Person("ada", Roles.Administrator), "freeze.create", "id", new { Reason = "Holidays.", From = from, AllProjects = true });
        await host.FollowAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(21));
        await host.SendAsync();

        var told = JsonDocument.Parse(receiver.All.ShouldHaveSingleItem().Body).RootElement.GetProperty("events").EnumerateArray().ShouldHaveSingleItem();
        told.GetProperty("event").GetString().ShouldBe("freeze.set");
        told.GetProperty("title").GetString().ShouldBe($"All releases will be frozen from {from.UtcDateTime:yyyy-MM-dd HH:mm} UTC: ada plans it");
        (await host.InboxAsync(own)).ShouldHaveSingleItem().Event.ShouldBe("freeze.set");
    }

    [Theory]
    [InlineData("500")]
    [InlineData("drop")]
    public async Task Webhook_FaultThenGood_IsTriedAgainWithTheSameId(string fault)
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite);
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (http, number) =>
        {
            if (number == 1 && fault == "drop")
                http.Abort();
            http.Response.StatusCode = number == 1 ? 500 : 204;
            return Task.CompletedTask;
        };
        await host.AddChannelAsync(host.OfProject, Webhook(receiver));
        await host.WarnAsync("one");
        await host.FollowAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(21));
        await host.SendAsync();

        var failing = await host.ChannelAsync(host.OfProject);
        failing.FailingSince.ShouldNotBeNull();
        failing.LastError.ShouldNotBeNull().ShouldNotContain("/hook");
        await host.SendAsync();
        receiver.All.Count.ShouldBe(1, "it waits before it tries again");
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        await host.SendAsync();

        receiver.All.Count.ShouldBe(2);
        receiver.All.Select(got => got.Headers[WebhookSender.DeliveryHeader]).Distinct().ShouldHaveSingleItem();
        receiver.All.Select(got => got.Headers[WebhookSender.AttemptHeader]).ShouldBe(["1", "2"]);
        (await host.ChannelAsync(host.OfProject)).FailingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Webhook_AsksToWait_IsLeftAloneThatLong()
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite);
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (http, number) =>
        {
            http.Response.StatusCode = number == 1 ? 429 : 200;
            http.Response.Headers.RetryAfter = "300";
            return Task.CompletedTask;
        };
        await host.AddChannelAsync(host.OfProject, Webhook(receiver));
        await host.WarnAsync("one");
        await host.FollowAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(21));
        await host.SendAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(290));
        await host.SendAsync();
        receiver.All.Count.ShouldBe(1);
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        await host.SendAsync();
        receiver.All.Count.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Webhook_NeverGetsThrough_IsGivenUpAndItsOwnerIsTold(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var owner = await host.AddPersonAsync("lead", Roles.Maintainer);
        var own = new ChannelOwner.Person(owner.Id, owner.Name);
        await host.AddChannelAsync(own, Webhook(receiver));
        await host.WarnAsync("one");
        await host.FollowAsync();
        for (var round = 0; round < 12; round++)
        {
            host.Clock.Advance(TimeSpan.FromHours(7));
            await host.SendAsync();
        }

        receiver.All.Count.ShouldBe(8);
        await host.FollowAsync();
        (await host.InboxAsync(owner)).Select(item => item.Event).ShouldBe(["channel.dead", "secret.expiring"]);
        (await host.ChannelAsync(own)).LastError.ShouldNotBeNull().ShouldContain("503");
    }

    [Fact]
    public async Task Webhook_Redirects_IsNotFollowedAndGivenUpAtOnce()
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite);
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer = (http, _) =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await host.AddChannelAsync(host.OfProject, Webhook(receiver));
        await host.WarnAsync("one");
        await host.FollowAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.SendAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.SendAsync();

        receiver.All.ShouldHaveSingleItem().Path.ShouldBe("/hook");
        (await host.ChannelAsync(host.OfProject)).LastError.ShouldNotBeNull().ShouldContain("redirects");
    }

    [Theory, DatabaseData]
    public async Task Delivery_TakenByAProcessThatDied_IsSentByTheNextWithTheSameId(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        await host.AddChannelAsync(host.OfProject, Webhook(receiver));
        await host.WarnAsync("one");
        await host.FollowAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(21));
        using (var died = new CancellationTokenSource())
        {
            // It takes the delivery, and is gone before the answer is there.
            receiver.Answer = async (http, number) =>
            {
                if (number == 1)
                {
                    await died.CancelAsync();
                    await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                }
            };
            await host.Get<DeliverySender>().StartDueAsync(() => { }, died.Token);
            await host.Get<DeliverySender>().FinishAsync();
        }
        var next = host.Second();
        next.Clock.Advance(TimeSpan.FromMinutes(3));
        await next.SendAsync();
        await next.StopAsync();

        receiver.All.Count.ShouldBe(2);
        receiver.All.Select(got => got.Headers[WebhookSender.DeliveryHeader]).Distinct().ShouldHaveSingleItem();
    }

    [Theory, DatabaseData]
    public async Task Delivery_TwoProcessesSendAtOnce_GoesOutOnce(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        await host.AddChannelAsync(host.OfProject, Webhook(receiver));
        await host.WarnAsync("one");
        await host.FollowAsync();
        var other = host.Second();
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        other.Clock.Advance(TimeSpan.FromSeconds(30));

        await Task.WhenAll(Task.Run(host.SendAsync), Task.Run(other.SendAsync));
        await other.StopAsync();

        receiver.All.Count.ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Channel_CiphertextMovedToAnotherRow_IsNotUsed(DatabaseKind kind)
    {
        await using var host = await TellingHost.StartAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        var lead = await host.AddPersonAsync("lead", Roles.Maintainer);
        var own = new ChannelOwner.Person(lead.Id, lead.Name);
        await host.AddChannelAsync(host.OfProject, Webhook(receiver));
        await host.AddChannelAsync(own, Webhook(receiver, "/other"));
        await host.Database.Ledger.AppendAsync(
            async db =>
            {
                var stolen = await db.Channels.Where(channel => channel.ProjectId != null).Select(channel => channel.Ciphertext).FirstAsync();
                stolen!.ShouldNotContain("hook");
                await db.Channels.Where(channel => channel.UserId != null).ExecuteUpdateAsync(set => set.SetProperty(channel => channel.Ciphertext, stolen));
            },
            CancellationToken.None);

        var moved = await host.ChannelAsync(own);
        var result = await host.Get<ChannelTest>().RunAsync(Actor.Person("lead", Roles.Maintainer), own, moved.Id, CancellationToken.None);

        result.Message.ShouldContain("cannot be decrypted");
        receiver.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Local_NotAllowed_IsRefusedWhenEnteredAndWhenConnecting()
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite, TellingHost.Local with { AllowLocalAddresses = false });
        var actions = host.Get<ChannelActions>();
        foreach (var url in new[] { "https://127.0.0.1/x", "https://[::1]/x", "https://169.254.169.254/latest/meta-data", "http://example.org/x", "https://user:word@example.org/" })
            (await actions.AddAsync(Actor.System, host.OfProject, new ChannelDraft { Kind = ChannelKind.Slack, Name = "n", Url = url }, CancellationToken.None)).IsOk.ShouldBeFalse(url);

        // A name says nothing about where it leads until the connection is made.
        using var http = host.Get<OutboundHttp>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://localhost:9/x");
        var outcome = await http.SendAsync(request, CancellationToken.None);
        outcome.Error.ShouldNotBeNull().ShouldContain("AllowLocalAddresses");
        outcome.MayRetry.ShouldBeFalse();
    }

    [Fact]
    public async Task Channel_OfAnotherPersonOrWithoutPermission_CannotBeTouched()
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite);
        await using var receiver = await HttpReceiver.StartAsync();
        var lead = await host.AddPersonAsync("lead", Roles.Maintainer);
        var own = new ChannelOwner.Person(lead.Id, lead.Name);
        var made = await host.AddChannelAsync(own, Webhook(receiver));
        var stranger = Actor.Person("mallory", Roles.Administrator);

        (await host.Get<ChannelTest>().RunAsync(stranger, own, made.Id, CancellationToken.None)).IsDone.ShouldBeFalse();
        (await host.Get<ChannelActions>().RemoveAsync(stranger, own, made.Id, CancellationToken.None)).IsDone.ShouldBeFalse();
        (await host.Get<ChannelActions>().AddAsync(Actor.Person("vera", Roles.Viewer), host.OfProject, Webhook(receiver), CancellationToken.None)).IsOk.ShouldBeFalse();
        // The id of one owner's channel is nothing under another owner.
        (await host.Get<ChannelActions>().RemoveAsync(Actor.System, host.OfProject, made.Id, CancellationToken.None)).Refusal.ShouldBe(Infrastructure.Releases.Refusal.NotFound);
        receiver.All.ShouldBeEmpty();
    }
}
