using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ReleaseDashboard.Web.Sandbox;

/// <summary>
/// Where an image registry of the sandbox listens. People push and pull by hand, so the port should be the same tomorrow; yet
/// nobody asked for it, so a port that something else has is no reason not to start.
/// </summary>
internal static class RegistryPorts
{
    private const string AnyPort = "http://127.0.0.1:0";

    /// <param name="given">What was asked for; it is taken as it is.</param>
    /// <param name="sandbox">Where the sandbox listens, or null.</param>
    /// <param name="after">How many ports after it.</param>
    public static string Choose(Uri? given, Uri? sandbox, int after)
    {
        if (given is not null)
            return given.GetLeftPart(UriPartial.Authority);
        if (sandbox is not { Port: > 0 } || sandbox.Port + after > IPEndPoint.MaxPort || !IsFree(sandbox.Port + after))
            return AnyPort;
        return string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{sandbox.Port + after}");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
