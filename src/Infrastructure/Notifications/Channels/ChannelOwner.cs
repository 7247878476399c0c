using ReleaseDashboard.Core.Notifications;

namespace ReleaseDashboard.Infrastructure.Notifications.Channels;

/// <summary>Whose a channel is: one person's or one project's.</summary>
public abstract record ChannelOwner
{
    private ChannelOwner() { }

    public sealed record Person(Guid Id, string Name) : ChannelOwner;

    public sealed record Project(Guid Id, string Name) : ChannelOwner;

    public bool IsPerson => this is Person;

    /// <summary>Id of the person or of the project.</summary>
    internal Guid Key => this switch
    {
        Person person => person.Id,
        Project project => project.Id,
        _ => throw new InvalidOperationException($"Unknown owner {this}."),
    };

    /// <summary>Where its channels are.</summary>
    internal string Path => this is Project project ? NoticePaths.Channels(project.Name) : NoticePaths.MyChannels;
}
