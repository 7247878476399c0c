namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A person wants to hear of a project's releases without taking part in them.</summary>
public sealed class FollowRecord
{
    public required Guid UserId { get; init; }
    public required Guid ProjectId { get; init; }
}
