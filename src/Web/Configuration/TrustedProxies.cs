using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ReleaseDashboard.Web.Configuration;

/// <summary>
/// Proxies whose word counts for who asks and whether the person speaks TLS: <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c>. From
/// anybody else these headers are ignored, so that nobody can pretend another address.
/// </summary>
/// <param name="Networks">Single addresses are networks of one.</param>
public sealed record TrustedProxies(IReadOnlyList<System.Net.IPNetwork> Networks)
{
    public const string Setting = "Proxies";

    public static TrustedProxies None { get; } = new([]);

    /// <param name="text">Addresses and networks with commas between: <c>127.0.0.1, 10.0.0.0/8, fd00::/8</c>.</param>
    internal static TrustedProxies Read(string? text, List<string> faults)
    {
        var networks = new List<System.Net.IPNetwork>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (System.Net.IPNetwork.TryParse(part, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(part, out var address))
                networks.Add(new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                faults.Add($"{Setting} holds '{part}'; a proxy looks like 10.0.0.7, 10.0.0.0/8 or fd00::/8.");
        }
        return new TrustedProxies(networks);
    }

    /// <summary>Before everything that asks for the address or the scheme.</summary>
    internal void Use(WebApplication app)
    {
        if (Networks.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // Every proxy of a chain has to be trusted; the first that is not is taken for the person.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
