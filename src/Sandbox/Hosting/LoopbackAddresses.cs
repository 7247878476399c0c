namespace ReleaseDashboard.Sandbox.Hosting;

/// <summary>The sandbox hands out known tokens, so it is never reachable from another machine and calls none.</summary>
internal static class LoopbackAddresses
{
    internal static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.IsLoopback;

    internal static void Require(IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            if (!IsLoopback(address))
                throw new ArgumentException($"The sandbox listens on loopback addresses only, not on '{address}'.", nameof(addresses));
        }
    }
}
