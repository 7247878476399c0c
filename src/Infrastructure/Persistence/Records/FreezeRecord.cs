namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A time in which nothing is published: a window with both ends, or a lock until somebody lifts it.</summary>
public sealed class FreezeRecord
{
    public required Guid Id { get; init; }

    /// <summary>The project, or null for all of them.</summary>
    public Guid? ProjectId { get; init; }

    public required string Reason { get; init; }
    public required DateTimeOffset From { get; init; }

    /// <summary>Its planned end; null for a lock.</summary>
    public DateTimeOffset? Until { get; init; }

    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was lifted before its end.</summary>
    public DateTimeOffset? LiftedAt { get; set; }

    public string? LiftedBy { get; set; }
}

/// <summary>A release that may publish in spite of a freeze, with the reason that somebody gave.</summary>
public sealed class FreezeOverrideRecord
{
    public required Guid FreezeId { get; init; }
    public required Guid ReleaseId { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Reason { get; init; }
}
