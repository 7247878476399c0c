using Microsoft.EntityFrameworkCore;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.Infrastructure.Releases;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Notifications;

namespace ReleaseDashboard.Infrastructure.Tests.Notifications;

/// <summary>An e-mail address may be a stranger's: one message asks there, and nothing else comes before it was answered.</summary>
public sealed class EmailConfirmationTests
{
    private const string Address = "ops@example.org";
    private static readonly Actor Lead = Actor.Person("lead", Roles.Maintainer);

    private static CancellationToken None => CancellationToken.None;

    [Theory, DatabaseData]
    public async Task Address_BeforeAndAfterItIsConfirmed_GetsOneLinkThenNotices(DatabaseKind kind)
    {
        await using var server = SmtpReceiver.Start();
        await using var host = await TellingHost.StartAsync(kind, Options(server));
        var made = await host.AddChannelAsync(host.OfProject, Email("buy now at evil.example"));
        var asked = await server.NextAsync();

        made.Note.ShouldNotBeNull().ShouldStartWith($"{Address} is not confirmed yet: open the link we mailed there, within 24 hours.");
        (asked.To, asked.Part("text/plain").Contains("An administrator gave this address for notices of the project hello.", StringComparison.Ordinal)).ShouldBe((Address, true));
        // What its owner chose would be a way to write to strangers.
        asked.Part("text/plain").ShouldNotContain("evil");
        asked.Part("text/html").ShouldContain("Confirm this address</a>");
        asked.Part("text/html").ShouldNotContain("evil");
        var code = ConfirmationLink.In(asked).Code;
        await NothingHoldsAsync(host, code);
        var waiting = (await host.ChannelAsync(host.OfProject)).Unconfirmed.ShouldNotBeNull();
        waiting.SentAt.ShouldNotBeNull();
        (waiting.ExpiresAt!.Value - waiting.SentAt!.Value).ShouldBeInRange(TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));

        await TellAsync(host, "one");
        var test = await host.Get<ChannelTest>().RunAsync(Actor.System, host.OfProject, made.Id, None);
        test.Message.ShouldStartWith($"{Address} is not confirmed yet");
        server.All.Count.ShouldBe(1);

        (await host.Get<EmailConfirmations>().ConfirmAsync(Actor.System, host.OfProject, made.Id, code, None)).Message.ShouldBe("");
        (await host.ChannelAsync(host.OfProject)).Unconfirmed.ShouldBeNull();
        server.All.Count.ShouldBe(1, "what happened before is not mailed afterwards");
        await TellAsync(host, "two");
        (await server.NextAsync()).Part("text/plain").ShouldContain("two");
        server.All.Count.ShouldBe(2);
        await using var db = host.Database.Ledger.Read();
        (await db.Audit.Where(entry => entry.Action.StartsWith("channel.")).OrderBy(entry => entry.Sequence).Select(entry => entry.Action).ToListAsync())
            .ShouldBe(["channel.create", "channel.ask", "channel.confirm"]);
    }

    [Theory, DatabaseData]
    public async Task Code_UsedOldForeignOrOfAnotherChannel_DoesNotCount(DatabaseKind kind)
    {
        await using var server = SmtpReceiver.Start();
        await using var host = await TellingHost.StartAsync(kind, Options(server));
        var lead = await host.AddPersonAsync("lead", Roles.Maintainer);
        var own = new ChannelOwner.Person(lead.Id, lead.Name);
        var confirmations = host.Get<EmailConfirmations>();
        var first = await AddAsync(host, own, Email("first"));
        var code = ConfirmationLink.In(await server.NextAsync()).Code;
        var second = await AddAsync(host, own, Email("second", "other@example.org"));
        var other = ConfirmationLink.In(await server.NextAsync());
        other.Path.ShouldStartWith("/settings/notifications?channel=");

        // Reading the mail is not enough, and neither is being an administrator.
        (await confirmations.ConfirmAsync(Actor.Person("mallory", Roles.Administrator), own, first.Id, code, None)).Refusal.ShouldBe(Refusal.NotAllowed);
        foreach (var wrong in new[] { "", "code", other.Code, code.ToUpperInvariant() })
            (await confirmations.ConfirmAsync(Lead, own, first.Id, wrong, None)).Refusal.ShouldBe(Refusal.Invalid, wrong);
        (await confirmations.ConfirmAsync(Lead, host.OfProject, first.Id, code, None)).IsDone.ShouldBeFalse();
        (await confirmations.ConfirmAsync(Lead, own, second.Id, $" {other.Code}\n", None)).Message.ShouldBe("");
        (await confirmations.ConfirmAsync(Lead, own, second.Id, other.Code, None)).Refusal.ShouldBe(Refusal.Conflict);

        host.Clock.Advance(EmailConfirmations.Lifetime + TimeSpan.FromSeconds(1));
        (await confirmations.ConfirmAsync(Lead, own, first.Id, code, None)).Message.ShouldContain("older than 24 hours");
        (await confirmations.SendAgainAsync(Lead, own, first.Id, None)).Message.ShouldBe("");
        var again = ConfirmationLink.In(await server.NextAsync()).Code;
        again.ShouldNotBe(code);
        (await confirmations.ConfirmAsync(Lead, own, first.Id, again, None)).Message.ShouldBe("");
        (await confirmations.SendAgainAsync(Lead, own, first.Id, None)).Refusal.ShouldBe(Refusal.Conflict);
        server.All.Count.ShouldBe(3);
    }

    [Theory, DatabaseData]
    public async Task Address_Changed_StartsOver(DatabaseKind kind)
    {
        await using var server = SmtpReceiver.Start();
        await using var host = await TellingHost.StartAsync(kind, Options(server));
        var (actions, confirmations) = (host.Get<ChannelActions>(), host.Get<EmailConfirmations>());
        var made = await host.AddChannelAsync(host.OfProject, Email("ops"));
        var unused = ConfirmationLink.In(await server.NextAsync()).Code;
        (await confirmations.SendAgainAsync(Actor.System, host.OfProject, made.Id, None)).Message.ShouldBe("");
        // The first link is as good as the second: mails arrive in any order.
        var code = ConfirmationLink.In(await server.NextAsync()).Code;
        (await confirmations.ConfirmAsync(Actor.System, host.OfProject, made.Id, code, None)).Message.ShouldBe("");
        // Something is on its way when the address changes.
        await host.WarnAsync("one");
        await host.FollowAsync();

        (await actions.ChangeAsync(Actor.System, host.OfProject, made.Id, new ChannelDraft { Address = Address, Name = "again" }, None)).Value.Note.ShouldBeNull();
        (await host.ChannelAsync(host.OfProject)).Unconfirmed.ShouldBeNull("the address is the same");
        var changed = await actions.ChangeAsync(Actor.System, host.OfProject, made.Id, new ChannelDraft { Address = "stranger@example.org" }, None);

        changed.Value.Note.ShouldNotBeNull().ShouldStartWith("stranger@example.org is not confirmed yet");
        (await server.NextAsync()).To.ShouldBe("stranger@example.org");
        (await confirmations.ConfirmAsync(Actor.System, host.OfProject, made.Id, unused, None)).Refusal.ShouldBe(Refusal.Invalid);
        await TellAsync(host, "two");
        server.All.Count.ShouldBe(3, "two links to the first address and one to the second");
        // Back again: what was proved for it once does not count a second time.
        (await actions.ChangeAsync(Actor.System, host.OfProject, made.Id, new ChannelDraft { Address = Address }, None)).IsOk.ShouldBeTrue();
        (await confirmations.ConfirmAsync(Actor.System, host.OfProject, made.Id, unused, None)).Refusal.ShouldBe(Refusal.Invalid);
    }

    [Theory, DatabaseData]
    public async Task Messages_ManyAtOnce_AreLimitedForEachPersonOverAllProcesses(DatabaseKind kind)
    {
        await using var server = SmtpReceiver.Start();
        await using var host = await TellingHost.StartAsync(kind, Options(server));
        var other = host.Second();
        var lead = await host.AddPersonAsync("lead", Roles.Maintainer);
        var own = new ChannelOwner.Person(lead.Id, lead.Name);
        var made = await AddAsync(host, own, Email("mine"));

        var sent = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() =>
            (number % 2 == 0 ? host : other).Get<EmailConfirmations>().SendAgainAsync(Lead, own, made.Id, None))));

        sent.Count(result => result.IsDone).ShouldBe(EmailConfirmations.MostAnHour - 1);
        sent.Where(result => !result.IsDone).ShouldAllBe(result => result.Message.Contains("within an hour. The next one may go in "));
        server.All.Count.ShouldBe(EmailConfirmations.MostAnHour);
        // Neither a channel of a project nor another address is a way around it.
        var refused = await host.Get<ChannelActions>().AddAsync(Lead, host.OfProject, Email("team", "team@example.org"), None);
        refused.Error.ShouldNotBeNull().Refusal.ShouldBe(Refusal.Conflict);
        (await host.Get<ChannelQueries>().ListAsync(host.OfProject, None)).ShouldBeEmpty();
        (await host.Get<ChannelActions>().ChangeAsync(Lead, own, made.Id, new ChannelDraft { Address = "b@example.org" }, None)).IsOk.ShouldBeFalse();
        (await host.ChannelAsync(own)).Target.ShouldBe(Address);
        // Others are not held up by it.
        (await host.Get<ChannelActions>().AddAsync(Actor.Person("mia", Roles.Maintainer), host.OfProject, Email("team"), None)).IsOk.ShouldBeTrue();

        host.Clock.Advance(TimeSpan.FromMinutes(61));
        (await host.Get<EmailConfirmations>().SendAgainAsync(Lead, own, made.Id, None)).Message.ShouldBe("");
        await other.StopAsync();
    }

    [Fact]
    public async Task Message_NotTaken_IsToldAndSentAgain()
    {
        await using var server = SmtpReceiver.Start();
        server.Refuse = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "451 try later" : null;
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite, Options(server));
        var made = await host.AddChannelAsync(host.OfProject, Email("ops"));

        made.Note.ShouldNotBeNull().ShouldContain("The confirmation message did not go out; have it sent again later. The mail server refused RCPT for now: 451");
        var waiting = (await host.ChannelAsync(host.OfProject)).Unconfirmed.ShouldNotBeNull();
        (waiting.SentAt, waiting.Error).ShouldBe((null, "The mail server refused RCPT for now: 451 try later"));
        (await host.Get<EmailConfirmations>().SendAgainAsync(Actor.System, host.OfProject, made.Id, None)).Message.ShouldContain("did not go out");

        server.Refuse = _ => null;
        (await host.Get<EmailConfirmations>().SendAgainAsync(Actor.System, host.OfProject, made.Id, None)).Message.ShouldBe("");
        (await server.NextAsync()).To.ShouldBe(Address);
        waiting = (await host.ChannelAsync(host.OfProject)).Unconfirmed.ShouldNotBeNull();
        (waiting.SentAt is null, waiting.Error).ShouldBe((false, null));
    }

    [Fact]
    public async Task Address_WithoutAMailServer_WaitsForOne()
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite);
        var made = await host.AddChannelAsync(host.OfProject, Email("ops"));

        made.Note.ShouldNotBeNull().ShouldContain("no mail server is set up here");
        (await host.ChannelAsync(host.OfProject)).Unconfirmed.ShouldBe(new UnconfirmedAddress(null, null, null));
        (await host.Get<EmailConfirmations>().SendAgainAsync(Actor.System, host.OfProject, made.Id, None)).Message.ShouldContain("Mail:Host");
        (await host.AddChannelAsync(new ChannelOwner.Person(Guid.CreateVersion7(), "mia"), new ChannelDraft { Kind = ChannelKind.Slack, Name = "n", Url = "https://hooks.example.org/x" })).Note.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Messages_OfThePast_AreForgotten(DatabaseKind kind)
    {
        await using var server = SmtpReceiver.Start();
        await using var host = await TellingHost.StartAsync(kind, Options(server));
        await host.AddChannelAsync(host.OfProject, Email("ops"));
        await CountAsync(host, 1);
        host.Clock.Advance(TimeSpan.FromHours(25));
        await CountAsync(host, 1);
        host.Clock.Advance(TimeSpan.FromHours(24));
        await CountAsync(host, 0);

        static async Task CountAsync(TellingHost host, int expected)
        {
            await host.Get<NotificationHousekeeping>().SweepAsync(None);
            await using var db = host.Database.Ledger.Read();
            (await db.EmailConfirmations.CountAsync()).ShouldBe(expected);
        }
    }

    private static NotificationOptions Options(SmtpReceiver server) => TellingHost.Local with { Mail = new MailOptions("127.0.0.1", server.Port, MailSecurity.None, "releases@example.org") };

    private static ChannelDraft Email(string name, string address = Address) => new() { Kind = ChannelKind.Email, Name = name, Address = address };

    private static async Task<ChannelMade> AddAsync(TellingHost host, ChannelOwner own, ChannelDraft draft) =>
        (await host.Get<ChannelActions>().AddAsync(Lead, own, draft, None)).Value;

    /// <summary>Something happens that the channel carries, and everything that is due goes out.</summary>
    private static async Task TellAsync(TellingHost host, string secret)
    {
        await host.WarnAsync(secret);
        await host.FollowAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(21));
        await host.SendAsync();
    }

    /// <summary>Whoever reads the database cannot confirm anything.</summary>
    private static async Task NothingHoldsAsync(TellingHost host, string code)
    {
        await using var db = host.Database.Ledger.Read();
        var stored = (await db.EmailConfirmations.ToListAsync()).ShouldHaveSingleItem();
        stored.Hash.Length.ShouldBe(64);
        stored.Hash.ShouldNotBe(code);
        (await db.Audit.Select(entry => entry.Subject + entry.Before + entry.After).ToListAsync()).ShouldAllBe(text => !text.Contains(code));
        (await db.Deliveries.AnyAsync()).ShouldBeFalse();
    }
}
