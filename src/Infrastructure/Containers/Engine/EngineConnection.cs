using System.Net.Sockets;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>Connections to one engine, over its socket or the network.</summary>
internal sealed class EngineConnection : IDisposable
{
    private readonly EngineTls? tls;

    private EngineConnection(HttpClient http, EngineTls? tls) => (Http, this.tls) = (http, tls);

    public HttpClient Http { get; }

    /// <exception cref="IOException">A certificate file cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A certificate file is none.</exception>
    public static EngineConnection Open(EngineOptions options)
    {
        var address = options.Address;
        var tls = address.Socket is null && options.Certificates is { } folder ? EngineTls.Load(folder) : null;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = options.Timeout,
            // An idle connection of an engine that was restarted would look like a lost answer.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            Expect100ContinueTimeout = TimeSpan.FromSeconds(5),
        };
        if (address.Socket is { } socket)
            handler.ConnectCallback = async (_, cancellation) => await ConnectAsync(socket, cancellation);
        if (tls is not null)
            handler.SslOptions = tls.OptionsFor(address.Host);
        var authority = address.Socket is not null ? "docker" : $"{address.Host}:{address.PortFor(tls is not null)}";
        // Deadlines are the transport's business: a build may take an hour.
        var http = new HttpClient(handler) { BaseAddress = new Uri($"{(tls is null ? "http" : "https")}://{authority}/"), Timeout = Timeout.InfiniteTimeSpan };
        return new EngineConnection(http, tls);
    }

    public void Dispose()
    {
        Http.Dispose();
        tls?.Dispose();
    }

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
