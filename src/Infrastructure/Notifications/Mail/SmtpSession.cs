using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ReleaseDashboard.Infrastructure.Notifications.Sending;

namespace ReleaseDashboard.Infrastructure.Notifications.Mail;

/// <summary>
/// Hands one e-mail to a mail server. Written here because the framework's client speaks no TLS from the first byte, trusts the
/// system's authorities only, and gives no word on what may be tried again (docs/decisions/0011-notifications.md).
/// </summary>
internal static class SmtpSession
{
    public static async Task<SendOutcome> SendAsync(MailOptions mail, string to, string text, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            await using var connection = await SmtpConnection.OpenAsync(mail.Host, mail.Port, limit.Token);
            return await TalkAsync(connection, mail, to, text, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendOutcome.Later($"The mail server {mail.Host} did not answer within {patience.TotalSeconds:0} s.");
        }
        catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException or CryptographicException)
        {
            return SendOutcome.Later($"The mail server {mail.Host} cannot be used: {fault.Message}");
        }
    }

    private static async Task<SendOutcome> TalkAsync(SmtpConnection connection, MailOptions mail, string to, string text, CancellationToken cancellationToken)
    {
        var authorities = Authorities(mail);
        if (mail.Security == MailSecurity.Tls)
            await connection.ProtectAsync(mail.Host, authorities, cancellationToken);
        var greeting = await connection.HearAsync(cancellationToken);
        if (!greeting.IsGood)
            return Refused("greeting", greeting);
        var hello = await HelloAsync(connection, cancellationToken);
        if (mail.Security == MailSecurity.StartTls)
        {
            // Going on in the clear would hand the mail, and the password, to whoever took the offer out.
            if (!Offers(hello, "STARTTLS"))
                return SendOutcome.Later($"The mail server {mail.Host} does not offer STARTTLS, and nothing is sent unprotected. Set Mail:Security to tls or none.");
            var ready = await connection.SayAsync("STARTTLS", cancellationToken);
            if (!ready.IsGood)
                return Refused("STARTTLS", ready);
            await connection.ProtectAsync(mail.Host, authorities, cancellationToken);
            hello = await HelloAsync(connection, cancellationToken);
        }
        if (mail.User is not null && await SignInAsync(connection, mail, hello, cancellationToken) is { } refused)
            return refused;
        return await HandOverAsync(connection, mail.From, to, text, cancellationToken);
    }

    private static async Task<SmtpReply> HelloAsync(SmtpConnection connection, CancellationToken cancellationToken) =>
        await connection.SayAsync("EHLO releasedashboard.local", cancellationToken) is { IsGood: true } hello
            ? hello
            : throw new SmtpException("The server does not understand EHLO.");

    private static async Task<SendOutcome?> SignInAsync(SmtpConnection connection, MailOptions mail, SmtpReply hello, CancellationToken cancellationToken)
    {
        if (!connection.IsProtected)
            return SendOutcome.Never("Mail:User is set, but Mail:Security is none: the password is never sent unprotected.");
        SmtpReply answer;
        if (Offers(hello, "AUTH", "PLAIN"))
        {
            answer = await connection.SayAsync("AUTH PLAIN " + Base64($"\0{mail.User}\0{mail.Password}"), cancellationToken);
        }
        else
        {
            answer = await connection.SayAsync("AUTH LOGIN", cancellationToken);
            if (answer.Code == 334)
                answer = await connection.SayAsync(Base64(mail.User!), cancellationToken);
            if (answer.Code == 334)
                answer = await connection.SayAsync(Base64(mail.Password ?? ""), cancellationToken);
        }
        // A password can be corrected without touching what waits, so this is tried again.
        return answer.Code == 235 ? null : SendOutcome.Later($"The mail server {mail.Host} refuses user {mail.User} ({answer.Code}).");
    }

    private static async Task<SendOutcome> HandOverAsync(SmtpConnection connection, string from, string to, string text, CancellationToken cancellationToken)
    {
        foreach (var line in new[] { $"MAIL FROM:<{from}>", $"RCPT TO:<{to}>" })
        {
            if (await connection.SayAsync(line, cancellationToken) is { IsGood: false } refused)
                return Refused(line[..4], refused);
        }
        if (await connection.SayAsync("DATA", cancellationToken) is not { Code: 354 } and var unwilling)
            return Refused("DATA", unwilling);
        // A line that begins with a dot would end the message: it gets another one (RFC 5321, 4.5.2).
        await connection.WriteAsync(("\r\n" + text).Replace("\r\n.", "\r\n..", StringComparison.Ordinal)[2..] + ".\r\n", cancellationToken);
        var taken = await connection.HearAsync(cancellationToken);
        if (!taken.IsGood)
            return Refused("the message", taken);
        try
        {
            await connection.SayAsync("QUIT", cancellationToken);
        }
        catch (IOException)
        {
            // It has the message; how it says goodbye does not matter.
        }
        return SendOutcome.Sent;
    }

    private static SendOutcome Refused(string what, SmtpReply reply) =>
        reply.IsFinal ? SendOutcome.Never($"The mail server refused {what}: {reply}") : SendOutcome.Later($"The mail server refused {what} for now: {reply}");

    private static bool Offers(SmtpReply hello, string keyword, string? value = null) => hello.Lines.Any(line =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var first, .. var rest] && first.Equals(keyword, StringComparison.OrdinalIgnoreCase)
        && (value is null || rest.Contains(value, StringComparer.OrdinalIgnoreCase)));

    private static X509Certificate2Collection? Authorities(MailOptions mail)
    {
        if (mail.CertificateAuthority is not { } file)
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
