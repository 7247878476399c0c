using ReleaseDashboard.Infrastructure.Notifications;
using ReleaseDashboard.Infrastructure.Notifications.Mail;
using ReleaseDashboard.Infrastructure.Notifications.Sending;
using ReleaseDashboard.TestSupport.Notifications;

namespace ReleaseDashboard.Infrastructure.Tests.Notifications;

public sealed class MailTests
{
    private static readonly ChannelMessage Message = new(
        "approval.asked", "Your decision is asked: Grüße\r\nBcc: evil@example.org", "<b>look</b>\n.\nend", "/releases/1?step=approve", DateTimeOffset.UnixEpoch, "hello", Guid.CreateVersion7(), "1.2.0", "approve", 7);

    private static Parcel One => new(Guid.CreateVersion7(), 1, [Message]);

    [Fact]
    public async Task StartTls_WithPassword_DeliversBothPartsWithTheLink()
    {
        await using var server = SmtpReceiver.Start();
        var parcel = One;
        var outcome = await SendAsync(server, MailSecurity.StartTls, parcel, user: "releases", password: server.Password);
        outcome.Error.ShouldBeNull();

        var mail = await server.NextAsync();
        (mail.From, mail.To, mail.WasProtected, mail.User).ShouldBe(("releases@example.org", "lead@example.org", true, "releases"));
        mail.Part("text/plain").ShouldContain("https://releases.example.org/releases/1?step=approve");
        mail.Part("text/plain").ShouldContain("Grüße");
        mail.Part("text/html").ShouldContain("href=\"https://releases.example.org/releases/1?step=approve\"");
        mail.Part("text/html").ShouldContain("&lt;b&gt;look&lt;/b&gt;");
        mail.Text.ShouldContain($"Message-ID: <{parcel.Id:N}@example.org>");
        // What people wrote begins no header and ends no message.
        mail.Text[..mail.Text.IndexOf("\r\n\r\n", StringComparison.Ordinal)].ShouldNotContain("Bcc:");
        mail.Text.ShouldAllBe(c => c < 128);
        server.Said.ShouldNotContain(line => line.StartsWith("Bcc", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tls_FromTheFirstByte_Delivers()
    {
        await using var server = SmtpReceiver.Start();
        server.IsTls = true;
        (await SendAsync(server, MailSecurity.Tls, One)).Error.ShouldBeNull();
        (await server.NextAsync()).WasProtected.ShouldBeTrue();
    }

    [Fact]
    public async Task StartTls_NotOffered_SendsNothing()
    {
        await using var server = SmtpReceiver.Start();
        server.OffersStartTls = false;
        var outcome = await SendAsync(server, MailSecurity.StartTls, One, "releases", server.Password);
        outcome.Error.ShouldNotBeNull().ShouldContain("STARTTLS");
        server.All.ShouldBeEmpty();
        server.Said.ShouldNotContain(line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Certificate_NotTrusted_SendsNothing()
    {
        await using var server = SmtpReceiver.Start();
        var options = Options(server, MailSecurity.StartTls, "releases", server.Password);
        options = options with { Mail = options.Mail! with { CertificateAuthority = null } };
        var outcome = await SendAsync(options, One);
        outcome.IsSent.ShouldBeFalse();
        outcome.MayRetry.ShouldBeTrue();
        server.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("RCPT", "550 no such user", false)]
    [InlineData("RCPT", "451 try later", true)]
    [InlineData("MAIL", "552 too big", false)]
    [InlineData("DATA", "421 closing", true)]
    public async Task Server_Refuses_SaysWhetherItMayBeTriedAgain(string verb, string answer, bool retry)
    {
        await using var server = SmtpReceiver.Start();
        server.Refuse = line => line.StartsWith(verb, StringComparison.Ordinal) ? answer : null;
        var outcome = await SendAsync(server, MailSecurity.StartTls, One);
        outcome.Error.ShouldNotBeNull().ShouldContain(answer[..3]);
        outcome.MayRetry.ShouldBe(retry);
    }

    [Fact]
    public async Task Password_Wrong_IsToldWithoutIt()
    {
        await using var server = SmtpReceiver.Start();
        var outcome = await SendAsync(server, MailSecurity.StartTls, One, "releases", "not the password");
        outcome.Error.ShouldNotBeNull().ShouldContain("refuses user releases");
        outcome.Error.ShouldNotContain("not the password");
        server.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Server_NotThere_IsTriedLater()
    {
        var server = SmtpReceiver.Start();
        var options = Options(server, MailSecurity.None, null, null);
        await server.DisposeAsync();
        var outcome = await SendAsync(options, One);
        outcome.MayRetry.ShouldBeTrue();
    }

    [Theory]
    [InlineData("plain", "=?utf-8?B?cGxhaW4=?=")]
    [InlineData("a\r\nBcc: x", "=?utf-8?B?YSAgQmNjOiB4?=")]
    public void Subject_AnyText_IsEncodedOnOneLine(string text, string encoded) => MailText.Subject(text).ShouldBe(encoded);

    [Fact]
    public void Subject_Long_IsFoldedBetweenCharacters()
    {
        var lines = MailText.Subject(string.Concat(Enumerable.Repeat("ü😀", 90))).Split("\r\n ");
        lines.ShouldAllBe(line => line.Length <= 75);
        foreach (var line in lines)
            System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(line[10..^2])).ShouldNotContain("\uFFFD");
    }

    private static NotificationOptions Options(SmtpReceiver server, MailSecurity security, string? user, string? password) => TellingHost.Local with
    {
        Mail = new MailOptions("127.0.0.1", server.Port, security, "releases@example.org") { User = user, Password = password, CertificateAuthority = server.Authority },
    };

    private static Task<SendOutcome> SendAsync(SmtpReceiver server, MailSecurity security, Parcel parcel, string? user = null, string? password = null) =>
        SendAsync(Options(server, security, user, password), parcel);

    private static Task<SendOutcome> SendAsync(NotificationOptions options, Parcel parcel) =>
        new EmailSender(options, TimeProvider.System).SendAsync(new ChannelAddress("lead@example.org", new ChannelSecret()), parcel, CancellationToken.None);
}
