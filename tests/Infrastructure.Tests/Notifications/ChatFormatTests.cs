using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ReleaseDashboard.Core.People;
using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Channels;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.Infrastructure.Persistence.Records;
using ReleaseDashboard.TestSupport.Databases;
using ReleaseDashboard.TestSupport.Notifications;

namespace ReleaseDashboard.Infrastructure.Tests.Notifications;

public sealed class ChatFormatTests
{
    private const string Evil = "@everyone <!channel> <script>alert(1)</script> [x](https://evil.example) *b*";

    private static readonly Parcel Parcel = new(
        Guid.Parse("0199f000-0000-7000-8000-000000000001"), 1,
        [new ChannelMessage("comment.mention", Evil, Evil, "/releases/1?step=a", DateTimeOffset.UnixEpoch, "hello", null, "1.2.0", "a", 7)]);

    [Fact]
    public async Task Slack_HostileText_IsNoMarkupAndNoMention()
    {
        var (receiver, address) = await OpenAsync("/services/T/B/X");
        await using var _ = receiver;
        using var http = new OutboundHttp(TellingHost.Local);
        (await new SlackSender(http, TellingHost.Local).SendAsync(address, Parcel, CancellationToken.None)).IsSent.ShouldBeTrue();

        var body = JsonDocument.Parse(receiver.All.ShouldHaveSingleItem().Body).RootElement;
        body.GetProperty("text").GetString()!.ShouldContain("&lt;!channel&gt;");
        body.GetProperty("text").GetString()!.ShouldNotContain("<");
        var elements = body.GetProperty("blocks")[0].GetProperty("elements")[0].GetProperty("elements");
        elements[0].GetProperty("type").GetString().ShouldBe("link");
        elements[0].GetProperty("url").GetString().ShouldBe("https://releases.example.org/releases/1?step=a");
        elements[1].GetProperty("type").GetString().ShouldBe("text");
    }

    [Fact]
    public async Task Discord_HostileText_IsEscapedAndNobodyIsMentioned()
    {
        var (receiver, address) = await OpenAsync("/api/webhooks/1/x");
        await using var _ = receiver;
        using var http = new OutboundHttp(TellingHost.Local);
        var many = Parcel with { Messages = [.. Enumerable.Repeat(Parcel.Messages[0], 30)] };
        (await new DiscordSender(http, TellingHost.Local).SendAsync(address, many, CancellationToken.None)).IsSent.ShouldBeTrue();

        var body = JsonDocument.Parse(receiver.All.ShouldHaveSingleItem().Body).RootElement;
        var content = body.GetProperty("content").GetString()!;
        content.Length.ShouldBeLessThanOrEqualTo(2000);
        content.ShouldContain(" more");
        content.ShouldNotContain("@everyone");
        content.ShouldNotContain("](https://evil");
        body.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Matrix_HostileText_IsEscapedAndTheTransactionIsTheDelivery()
    {
        var (receiver, _) = await OpenAsync("/");
        await using var __ = receiver;
        using var http = new OutboundHttp(TellingHost.Local);
        var address = new ChannelAddress("room", new ChannelSecret(receiver.Address.AbsoluteUri, "the token", "!abc:example.org"));
        var sender = new MatrixSender(http, TellingHost.Local);
        (await sender.SendAsync(address, Parcel, CancellationToken.None)).IsSent.ShouldBeTrue();
        (await sender.SendAsync(address, Parcel with { Attempt = 2 }, CancellationToken.None)).IsSent.ShouldBeTrue();

        receiver.All.Count.ShouldBe(2);
        var got = receiver.All[0];
        (got.Method, got.Headers["Authorization"]).ShouldBe(("PUT", "Bearer the token"));
        got.Path.ShouldBe("/_matrix/client/v3/rooms/!abc:example.org/send/m.room.message/0199f000000070008000000000000001");
        receiver.All[1].Path.ShouldBe(got.Path);
        var body = JsonDocument.Parse(got.Body).RootElement;
        body.GetProperty("formatted_body").GetString()!.ShouldContain("&lt;script&gt;");
        body.GetProperty("formatted_body").GetString()!.ShouldNotContain("<script>");
        body.GetProperty("m.mentions").EnumerateObject().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("100.100.100.200", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("192.168.1.4", false)]
    [InlineData("10.0.0.4", false)]
    [InlineData("93.184.216.34", false)]
    [InlineData("2606:2800:220:1::1", false)]
    public void Address_LocalOrMetadata_IsRecognised(string address, bool local) =>
        AddressRules.IsLocal(System.Net.IPAddress.Parse(address)).ShouldBe(local);

    [Theory]
    [InlineData(ChannelKind.Email, "nobody")]
    [InlineData(ChannelKind.Email, "a@b>\r\nRCPT TO:<c@d.example")]
    [InlineData(ChannelKind.Email, "a b@example.org")]
    public async Task Channel_AddressThatIsNone_IsRefused(ChannelKind kind, string address)
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite);
        (await host.Get<ChannelActions>().AddAsync(Actor.System, host.OfProject, new ChannelDraft { Kind = kind, Name = "n", Address = address }, CancellationToken.None)).IsOk.ShouldBeFalse();
    }

    [Fact]
    public async Task Webhook_WithoutKey_GetsOneThatIsShownOnceOnly()
    {
        await using var host = await TellingHost.StartAsync(DatabaseKind.Sqlite);
        var made = await host.AddChannelAsync(host.OfProject, new ChannelDraft { Kind = ChannelKind.Webhook, Name = "n", Url = "http://127.0.0.1:9/secret-path" });
        made.Key.ShouldNotBeNull().Length.ShouldBe(64);
        var shown = JsonSerializer.Serialize(await host.ChannelAsync(host.OfProject));
        shown.ShouldNotContain(made.Key);
        shown.ShouldNotContain("secret-path");
        await using var db = host.Database.Ledger.Read();
        db.Audit.Select(entry => entry.After + entry.Before).ToList().ShouldAllBe(text => !text.Contains("secret-path") && !text.Contains(made.Key));
    }

    private static async Task<(HttpReceiver Receiver, ChannelAddress Address)> OpenAsync(string path)
    {
        var receiver = await HttpReceiver.StartAsync();
        return (receiver, new ChannelAddress("shown", new ChannelSecret(new Uri(receiver.Address, path).AbsoluteUri)));
    }
}
