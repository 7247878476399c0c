using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Net.Sockets;
using System.Text;

namespace ReleaseDashboard.Infrastructure.Notifications.Mail;

/// <summary>What a mail server says: a code of three digits and its lines (RFC 5321).</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    public bool IsGood => Code is >= 200 and < 400;

    /// <summary>5xx: the same would be refused again.</summary>
    public bool IsFinal => Code >= 500;

    public override string ToString() => $"{Code} {string.Join(' ', Lines)}";
}

/// <summary>The server broke the conversation off, or speaks something else.</summary>
internal sealed class SmtpException(string message) : IOException(message);

/// <summary>The lines of one conversation with a mail server.</summary>
internal sealed class SmtpConnection(Socket socket, Stream plain) : IAsyncDisposable
{
    private const int LongestLine = 4096;

    private readonly byte[] buffer = new byte[LongestLine];
    private Stream stream = plain;
    private int start;
    private int end;

    public bool IsProtected { get; private set; }

    public static async Task<SmtpConnection> OpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new SmtpConnection(socket, new NetworkStream(socket));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Protects the connection. What came before is forgotten: somebody on the way may have said it.</summary>
    public async Task ProtectAsync(string host, X509Certificate2Collection? authorities, CancellationToken cancellationToken)
    {
        if (end > start)
            throw new SmtpException("The server went on talking before the connection was protected.");
        var tls = new SslStream(stream);
        stream = tls;
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, CertificateChainPolicy = policy }, cancellationToken);
        IsProtected = true;
    }

    public async Task<SmtpReply> SayAsync(string line, CancellationToken cancellationToken)
    {
        await WriteAsync(line + "\r\n", cancellationToken);
        return await HearAsync(cancellationToken);
    }

    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    public async Task<SmtpReply> HearAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out var code))
                throw new SmtpException("The server does not speak SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
                return new SmtpReply(code, lines);
            if (lines.Count > 100)
                throw new SmtpException("The server's answer has no end.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        socket.Dispose();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = Encoding.UTF8.GetString(buffer, start, at).TrimEnd('\r');
                start += at + 1;
                return line;
            }
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (end, start) = (end - start, 0);
            }
            if (end == buffer.Length)
                throw new SmtpException("The server sent a line that is too long.");
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
                throw new SmtpException("The server closed the connection.");
            end += read;
        }
    }
}
