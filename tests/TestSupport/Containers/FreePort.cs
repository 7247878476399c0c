using System.Net;
using System.Net.Sockets;

namespace ReleaseDashboard.TestSupport.Containers;

/// <summary>A free port of this machine, for a program that cannot be asked for port 0.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
