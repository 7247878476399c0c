namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>One sign-in of a person in one browser. The cookie names it; this row says whether it still counts.</summary>
public sealed class SessionRecord
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the person last proved who they are (password, fresh OAuth); publishing asks for a recent one.</summary>
    public required DateTimeOffset ConfirmedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Address it was opened from, for the person's own list of sessions.</summary>
    public string? Address { get; init; }

    /// <summary>Browser and system in a few words.</summary>
    public string? Browser { get; init; }
}
