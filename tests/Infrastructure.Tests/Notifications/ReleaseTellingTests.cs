using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Core.Releases;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Notifications.Reading;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases.Actions;
using ReleaseDashboard.Infrastructure.Tests.Running;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Engine;
using ReleaseDashboard.TestSupport.Notifications;

namespace ReleaseDashboard.Infrastructure.Tests.Notifications;

/// <summary>The whole way, with the worker's own loops: a release, the trail, the channel.</summary>
public sealed class ReleaseTellingTests
{
    private static NotificationOptions AtOnce => TellingHost.Local with { Together = TimeSpan.Zero };

    [Theory, DatabaseData]
    public async Task Step_Fails_ReachesItsOwnerByWebhookAndBell(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        var step = new ScriptedStep { Answer = key => key == "two" ? new ActResult.Failed(new StepError("tests", "2 tests failed.", "They expect 1.1.", "Repair them.")) : null };
        await using var engine = await EngineHost.StartAsync(database.Options, AtOnce, EnginePlaybooks.ThreeSteps, step);
        var owner = await AddMaintainerAsync(engine);
        var own = new ChannelOwner.Person(owner.Id, owner.Name);
        (await engine.Get<ChannelActions>().AddAsync(EngineHost.Maintainer, own, Slack(receiver), CancellationToken.None)).IsOk.ShouldBeTrue();

        var release = await engine.StartReleaseAsync();

        var got = await receiver.NextAsync();
        got.Text.ShouldContain("Two failed");
        got.Text.ShouldContain("2 tests failed. They expect 1.1.");
        got.Text.ShouldContain($"https://releases.example.org/releases/{release:D}?step=two");
        var told = (await engine.Get<Inbox>().ListAsync(owner.Id, unreadOnly: true, 10, CancellationToken.None)).ShouldHaveSingleItem();
        (told.Event, told.Step, told.ReleaseId).ShouldBe(("step.failed", "two", release));
    }

    [Theory, DatabaseData]
    public async Task Step_RepairedAndDone_CallsNobodyAnyMore(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var broken = true;
        var step = new ScriptedStep { Answer = key => key == "two" && broken ? new ActResult.Failed(new StepError("tests", "2 tests failed.", "", "Repair them.")) : null };
        await using var engine = await EngineHost.StartAsync(database.Options, AtOnce, EnginePlaybooks.ThreeSteps, step);
        var owner = await AddMaintainerAsync(engine);
        var release = await engine.StartReleaseAsync();
        await WaitAsync(engine, owner, unread => unread is [{ Event: "step.failed" }]);

        broken = false;
        (await engine.Get<RetryStep>().RunAsync(EngineHost.Maintainer, release, "two", new Dictionary<string, string>(), null, CancellationToken.None)).Message.ShouldBe("");

        // News stays until it is read; the call to act goes with what it called for.
        await WaitAsync(engine, owner, unread => unread is [{ Event: "release.published" }]);
    }

    private static async Task WaitAsync(EngineHost engine, UserRecord user, Func<IReadOnlyList<InboxItem>, bool> until)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!until(await engine.Get<Inbox>().ListAsync(user.Id, unreadOnly: true, 10, deadline.Token)))
            await timer.WaitForNextTickAsync(deadline.Token);
    }

    [Theory, DatabaseData]
    public async Task Channel_ThatNeverAnswers_HoldsNoReleaseUp(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var receiver = await HttpReceiver.StartAsync();
        var asked = new TaskCompletionSource();
        receiver.Answer = (http, _) =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        await using var engine = await EngineHost.StartAsync(database.Options, AtOnce, EnginePlaybooks.ThreeSteps, new ScriptedStep());
        var owner = await AddMaintainerAsync(engine);
        var own = new ChannelOwner.Person(owner.Id, owner.Name);
        (await engine.Get<ChannelActions>().AddAsync(EngineHost.Maintainer, own, Slack(receiver), CancellationToken.None)).IsOk.ShouldBeTrue();
        var first = await engine.StartReleaseAsync();
        await engine.WaitForAsync(first, ReleaseStatus.Published);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        // The channel hangs now, and the next release goes through all the same.
        var second = await engine.StartReleaseAsync("1.3.0");
        await engine.WaitForAsync(second, ReleaseStatus.Published);
    }

    private static ChannelDraft Slack(HttpReceiver receiver) => new() { Kind = ChannelKind.Slack, Name = "room", Url = receiver.Address.AbsoluteUri };

    private static async Task<UserRecord> AddMaintainerAsync(EngineHost engine)
    {
        var user = new UserRecord
        {
            Id = Guid.CreateVersion7(), Name = EngineHost.Maintainer.Name, NormalizedName = EngineHost.Maintainer.Name.ToUpperInvariant(), DisplayName = "M", Roles = Roles.Maintainer,
            IsDisabled = false, SecurityStamp = "s", CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await engine.Ledger.AppendAsync(
            async db =>
            {
                db.Users.Add(user);
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        return user;
    }
}
