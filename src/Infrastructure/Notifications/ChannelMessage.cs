namespace ReleaseDashboard.Infrastructure.Notifications;

/// <summary>A notice as a channel carries it.</summary>
/// <param name="Event">Its kind.</param>
/// <param name="Path">Where it leads, as a path of this dashboard.</param>
/// <param name="Sequence">The audit entry it comes from; 0 for a test.</param>
public sealed record ChannelMessage(string Event, string Title, string Text, string Path, DateTimeOffset At, string? Project, Guid? ReleaseId, string? Version, string? Step, long Sequence)
{
    /// <summary>The title with what it is about.</summary>
    public string Headline => Project is null ? Title : Version is null ? $"{Project}: {Title}" : $"{Project} {Version}: {Title}";
}
