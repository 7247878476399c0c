using System.Net;
using System.Net.Sockets;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>Which addresses a channel may lead to. Those of this machine, its link and its cloud's metadata are not for people to reach through here.</summary>
internal static class AddressRules
{
    // Metadata services outside the link-local range: Alibaba, Oracle, and Amazon's over IPv6.
    private static readonly IPAddress[] Metadata = [IPAddress.Parse("100.100.100.200"), IPAddress.Parse("192.0.0.192"), IPAddress.Parse("fd00:ec2::254")];

    // Carry an IPv4 address in their last four bytes: NAT64, and the deprecated compatible form.
    private static readonly IPNetwork[] Embedding = [IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("::/96")];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork ThisHost = IPNetwork.Parse("0.0.0.0/8");

    public static bool IsLocal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return IsLocal(address.MapToIPv4());
        if (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || Metadata.Contains(address))
            return true;
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return ThisHost.Contains(address) || bytes is [169, 254, ..] || bytes[0] >= 224;
        if (Embedding.Any(network => network.Contains(address)))
            return IsLocal(new IPAddress(bytes[12..]));
        if (SixToFour.Contains(address))
            return IsLocal(new IPAddress(bytes[2..6]));
        return address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv6SiteLocal;
    }
}
