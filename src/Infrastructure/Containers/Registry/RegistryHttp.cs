using System.Net;
using System.Net.Sockets;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>
/// Connections to registries. Redirects and cookies are not handled here. Addresses that a registry names on other hosts go
/// through a client that reaches neither this machine nor link-local addresses, where metadata services are.
/// </summary>
internal sealed class RegistryHttp(TimeProvider time) : IDisposable
{
    private readonly HttpClient own = Client(Handler());
    private readonly HttpClient foreign = Client(Guarded());

    /// <summary>Sends once and hands out the answer as soon as its head is there.</summary>
    public async Task<Result<HttpResponseMessage, RegistryError>> SendAsync(
        HttpRequestMessage request, RegistryEndpoint endpoint, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        return await SendAsync(request, endpoint, deadline, either.Token, cancellation);
    }

    /// <param name="deadline">Tells a wait that was too long from a caller who gave up; whoever made it may move it while bytes flow.</param>
    /// <param name="either">Ends with the deadline and with the caller.</param>
    /// <param name="cancellation">The caller's.</param>
    public async Task<Result<HttpResponseMessage, RegistryError>> SendAsync(
        HttpRequestMessage request, RegistryEndpoint endpoint, CancellationTokenSource deadline, CancellationToken either, CancellationToken cancellation)
    {
        var address = request.RequestUri!;
        request.Headers.UserAgent.ParseAdd("ReleaseDashboard");
        try
        {
            // A registry on this machine may name others on it.
            var http = endpoint.Address.IsLoopback || endpoint.Owns(address) ? own : foreign;
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError
            is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return RegistryError.Of(RegistryFailure.Unreachable, $"{address.Authority} cannot be reached: {Innermost(fault)}");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return RegistryError.Of(RegistryFailure.AnswerLost, $"{address.Authority} did not answer in time.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            // What went wrong while a body was read from elsewhere is not this registry's fault.
            if (fault.InnerException is RegistryStreamException { Error: var error })
                return error;
            return RegistryError.Of(RegistryFailure.AnswerLost, $"The connection to {address.Authority} broke before the answer: {Innermost(fault)}");
        }
    }

    public void Dispose()
    {
        own.Dispose();
        foreign.Dispose();
    }

    private static HttpClient Client(SocketsHttpHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(20),
    };

    private static SocketsHttpHandler Guarded()
    {
        var handler = Handler();
        // Looked at when connecting, so that a name cannot point elsewhere between a check and its use.
        handler.ConnectCallback = async (context, cancellation) =>
        {
            var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
            if (addresses.FirstOrDefault(address => !IsInner(address)) is not { } chosen)
                throw new HttpRequestException(HttpRequestError.ConnectionError, $"{context.DnsEndPoint.Host} is an address of this machine or its link, and a registry elsewhere named it.");
            var socket = new Socket(chosen.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(chosen, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return handler;
    }

    internal static bool IsInner(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any)
            || (plain.AddressFamily == AddressFamily.InterNetwork && plain.GetAddressBytes() is [169, 254, ..])
            // The metadata service of AWS over IPv6.
            || plain.Equals(IPAddress.Parse("fd00:ec2::254"));
    }

    private static string Innermost(Exception fault)
    {
        while (fault.InnerException is { } inner)
            fault = inner;
        return fault.Message;
    }
}
