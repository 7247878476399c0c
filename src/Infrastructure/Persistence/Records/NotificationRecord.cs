namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>Something one person should know, for the bell and for that person's own channels.</summary>
public sealed class NotificationRecord
{
    public required Guid Id { get; init; }
    public required Guid UserId { get; init; }

    /// <summary>What happened, such as <c>approval.asked</c> or <c>step.failed</c>.</summary>
    public required string Event { get; init; }

    public Guid? ProjectId { get; init; }
    public Guid? ReleaseId { get; init; }
    public string? StepKey { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>Where to go, as a path of this dashboard.</summary>
    public required string Path { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ReadAt { get; set; }
}
