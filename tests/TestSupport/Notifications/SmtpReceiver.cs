using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ReleaseDashboard.TestSupport.Notifications;

/// <summary>A mail as a server took it.</summary>
/// <param name="WasProtected">Whether it came over TLS.</param>
/// <param name="User">Who signed in, or null.</param>
public sealed record TakenMail(string From, string To, string Text, bool WasProtected, string? User)
{
    /// <summary>The decoded content of the part with this type.</summary>
    public string Part(string type)
    {
        var part = Text[Text.IndexOf($"Content-Type: {type}", StringComparison.Ordinal)..];
        var body = part[(part.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        return Encoding.UTF8.GetString(Convert.FromBase64String(body[..body.IndexOf("--", StringComparison.Ordinal)].ReplaceLineEndings("")));
    }
}

/// <summary>A real mail server on a free port of this machine: plain, with STARTTLS or with TLS from the first byte.</summary>
public sealed class SmtpReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<TakenMail> mails = new();
    private readonly SemaphoreSlim arrived = new(0);
    private readonly X509Certificate2 certificate = Certificate();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("smtp-");
    private Task accepting = Task.CompletedTask;

    /// <summary>Whether STARTTLS is offered.</summary>
    public bool OffersStartTls { get; set; } = true;

    /// <summary>Whether TLS begins with the first byte.</summary>
    public bool IsTls { get; set; }

    /// <summary>What is answered to a command instead of yes, or null: for faults.</summary>
    public Func<string, string?> Refuse { get; set; } = _ => null;

    /// <summary>The only password that is taken.</summary>
    public string Password { get; set; } = "mail password";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public IReadOnlyList<TakenMail> All => [.. mails];

    /// <summary>Every line that clients said, passwords included.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>PEM file of the authority to trust.</summary>
    public string Authority { get; private set; } = "";

    public static SmtpReceiver Start()
    {
        var server = new SmtpReceiver();
        server.Authority = Path.Combine(server.folder.FullName, "ca.pem");
        File.WriteAllText(server.Authority, server.certificate.ExportCertificatePem());
        server.listener.Start();
        server.accepting = server.AcceptAsync();
        return server;
    }

    /// <summary>Waits for the next mail that no other call waited for.</summary>
    public async Task<TakenMail> NextAsync(int seconds = 30)
    {
        if (!await arrived.WaitAsync(TimeSpan.FromSeconds(seconds)))
            throw new TimeoutException($"No mail within {seconds} s. Said: {string.Join(" | ", Said)}");
        return All[^1];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        // First the loop, then what it listens on.
        await accepting;
        listener.Dispose();
        certificate.Dispose();
        stop.Dispose();
        arrived.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                try
                {
                    await TalkAsync(client.GetStream());
                }
                catch (Exception fault) when (fault is IOException or System.Security.Authentication.AuthenticationException or InvalidOperationException)
                {
                    // A client that went away, even before its stream was opened, or did not like the certificate.
                    Said.Enqueue($"(broke off: {fault.GetType().Name})");
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(Stream plain)
    {
        var stream = IsTls ? await ProtectAsync(plain) : plain;
        var (isProtected, from, to, user) = (IsTls, "", "", (string?)null);
        await SayAsync(stream, "220 mail.example ESMTP");
        while (await ReadAsync(stream) is { } line)
        {
            Said.Enqueue(line);
            var verb = line.Split(' ')[0].ToUpperInvariant();
            if (Refuse(line) is { } refusal)
            {
                await SayAsync(stream, refusal);
                continue;
            }
            switch (verb)
            {
                case "EHLO":
                    await SayAsync(stream, $"250-mail.example\r\n{(OffersStartTls && !isProtected ? "250-STARTTLS\r\n" : "")}250-AUTH PLAIN LOGIN\r\n250 SIZE 1000000");
                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 go ahead");
                    stream = await ProtectAsync(stream);
                    isProtected = true;
                    break;
                case "AUTH":
                    var parts = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Split('\0');
                    user = parts[2] == Password ? parts[1] : null;
                    await SayAsync(stream, user is null ? "535 wrong password" : "235 welcome");
                    break;
                case "MAIL":
                    from = Address(line);
                    await SayAsync(stream, "250 ok");
                    break;
                case "RCPT":
                    to = Address(line);
                    await SayAsync(stream, "250 ok");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    mails.Enqueue(new TakenMail(from, to, await DataAsync(stream), isProtected, user));
                    await SayAsync(stream, "250 taken");
                    arrived.Release();
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "502 what?");
                    break;
            }
        }
    }

    private async Task<string> DataAsync(Stream stream)
    {
        var text = new StringBuilder();
        while (await ReadAsync(stream) is { } line && line != ".")
            text.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        return text.ToString();
    }

    private async Task<SslStream> ProtectAsync(Stream plain)
    {
        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(certificate, clientCertificateRequired: false, checkCertificateRevocation: false);
        return tls;
    }

    private async Task SayAsync(Stream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop.Token);

    // Byte by byte: what follows STARTTLS belongs to the other stream.
    private async Task<string?> ReadAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop.Token) == 1)
        {
            if (one[0] == '\n')
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            line.Add(one[0]);
        }
        return null;
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail of the tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var from = TimeProvider.System.GetUtcNow().AddDays(-1);
        using var made = request.CreateSelfSigned(from, from.AddDays(10));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
