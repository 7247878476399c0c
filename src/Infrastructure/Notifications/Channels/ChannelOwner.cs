namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>Whose a channel is: one person's or one project's.</summary>
public abstract record ChannelOwner
{
    private ChannelOwner() { }

    public sealed record Person(Guid Id, string Name) : ChannelOwner;

    public sealed record Project(Guid Id, string Name) : ChannelOwner;

    public bool IsPerson => this is Person;
}
