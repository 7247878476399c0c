using System.Net;
using System.Net.Sockets;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>The destination is one that channels must not reach.</summary>
internal sealed class ForbiddenAddressException(string host)
    : IOException($"{host} is an address of this machine, its link or a metadata service. The setting Notifications:AllowLocalAddresses allows them.");

/// <summary>
/// HTTP for channels. Where a name leads is looked at when the connection is made, to exactly the address that was looked at:
/// a name that changes its mind afterwards gains nothing. Redirects are not followed, no proxy is asked, no cookie is kept.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    // An answer is read for its error only.
    private const int MostAnswer = 64 * 1024;

    private readonly NotificationOptions options;
    private readonly HttpClient client;

    public OutboundHttp(NotificationOptions notifications)
    {
        options = notifications;
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MostAnswer,
        };
    }

    /// <summary>Why the address cannot be one of a channel, or null.</summary>
    public string? Refuse(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(options.AllowLocalAddresses && address.Scheme == Uri.UriSchemeHttp))
            return "The address begins with https://.";
        if (address.UserInfo.Length > 0)
            return "The address holds no user and password.";
        // What can be known already is said at once; names are looked at when they are used.
        return !options.AllowLocalAddresses && (address.IsLoopback || (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip) && AddressRules.IsLocal(ip)))
            ? new ForbiddenAddressException(address.Host).Message
            : null;
    }

    /// <summary>Sends once. What comes back is read as far as an error needs.</summary>
    internal async Task<SendOutcome> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Patience);
        request.Headers.UserAgent.Add(new("ReleaseDashboard", "1"));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return SendOutcome.Of(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendOutcome.Later($"{request.RequestUri!.Host} did not answer within {options.Patience.TotalSeconds:0} s.");
        }
        catch (HttpRequestException fault) when (fault.InnerException is ForbiddenAddressException forbidden)
        {
            return SendOutcome.Never(forbidden.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException)
        {
            // Never the whole address: it may be the secret.
            return SendOutcome.Later($"{request.RequestUri!.Host} cannot be reached: {(fault.InnerException ?? fault).Message}");
        }
    }

    public void Dispose() => client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var given) ? [given] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = options.AllowLocalAddresses ? found : [.. found.Where(address => !AddressRules.IsLocal(address))];
        if (allowed.Length == 0)
            throw found.Length == 0 ? new IOException($"{host} has no address.") : new ForbiddenAddressException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
