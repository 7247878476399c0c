namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A commit that a release which is over was made from or made itself, kept so that the release is found by it.</summary>
public sealed class ReleaseCommitRecord
{
    /// <summary>40 hex digits.</summary>
    public required string Commit { get; init; }

    public required Guid ReleaseId { get; init; }
    public required Guid ProjectId { get; init; }
}
