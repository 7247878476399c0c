using ReleaseDashboard.Infrastructure.Persistence.Records;

namespace ReleaseDashboard.Infrastructure.Notifications.Sending;

/// <summary>Messages that go together.</summary>
/// <param name="Id">The same at every try: the receiver can tell a repeat by it.</param>
/// <param name="Attempt">1, 2, 3 …</param>
public sealed record Parcel(Guid Id, int Attempt, IReadOnlyList<ChannelMessage> Messages)
{
    /// <summary>What stands above several.</summary>
    public string Summary => Messages.Count == 1 ? Messages[0].Headline : $"{Messages[0].Headline}, and {Messages.Count - 1} more";
}

/// <summary>Where a channel leads, with what it needs to get there.</summary>
public sealed record ChannelAddress(string Target, ChannelSecret Secret);

/// <summary>Speaks one kind of channel. One class a kind.</summary>
public interface IChannelSender
{
    ChannelKind Kind { get; }

    /// <summary>Tries once. Errors are in the outcome, in words without any secret.</summary>
    Task<SendOutcome> SendAsync(ChannelAddress address, Parcel parcel, CancellationToken cancellationToken);
}
