namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>What of a channel is never shown again.</summary>
/// <param name="Url">Address of a webhook or of a Matrix server; null for e-mail.</param>
/// <param name="Token">Access token of Matrix.</param>
/// <param name="Room">Room of Matrix.</param>
/// <param name="Key">Signing key of a generic webhook.</param>
public sealed record ChannelSecret(string? Url = null, string? Token = null, string? Room = null, string? Key = null)
{
    // The generated text would print it all.
    public override string ToString() => "a channel's secret";
}
