using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>Sends through a channel, whatever kind it is. Every failure comes back as words.</summary>
public sealed class ChannelSenders(IEnumerable<IChannelSender> senders, ChannelVault vault)
{
    private readonly Dictionary<ChannelKind, IChannelSender> byKind = senders.ToDictionary(sender => sender.Kind);

    public async Task<SendOutcome> SendAsync(ChannelRecord channel, Parcel parcel, CancellationToken cancellationToken)
    {
        // Whoever calls has looked already. This is the last door: no way around it leads to a stranger's mailbox.
        if (!channel.MayCarry)
            return SendOutcome.Never("Its address is not confirmed.");
        return vault.Read(channel) is { } secret
            ? await byKind[channel.Kind].SendAsync(new ChannelAddress(channel.Target, secret), parcel, cancellationToken)
            : SendOutcome.Never("Its stored address cannot be decrypted: its key is gone, or the row was changed. Enter it again.");
    }
}
