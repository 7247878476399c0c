using System.Net;
using System.Net.Sockets;

namespace ReleaseDashboard.Bench;

/// <summary>Addresses on this machine.</summary>
internal static class Loopback
{
    // Below the ports that the kernel gives to clients: asking such a port again and again, before anybody listens there,
    // sooner or later connects a client to itself.
    private const int First = 20000;
    private const int Last = 32000;

    /// <summary>An address whose port was free a moment ago.</summary>
    public static Uri Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return new Uri($"http://127.0.0.1:{port}");
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }
}
