namespace ReleaseDashboard.Sandbox.Webhooks;

/// <summary>A receiver of webhooks.</summary>
/// <param name="Url">Where deliveries are posted. Loopback only: the sandbox sends nothing to a network.</param>
/// <param name="Secret">Key of the <c>X-Hub-Signature-256</c> header; no header without it.</param>
/// <param name="Events">Events wanted; empty means all.</param>
public sealed record WebhookTarget(string Url, string? Secret = null, IReadOnlyList<string>? Events = null)
{
    internal bool Wants(string name) => Events is null or { Count: 0 } || Events.Contains("*") || Events.Contains(name);
}
