using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A stored audit entry with its place in the hash chain. The database refuses updates and deletes.</summary>
public sealed class AuditRecord
{
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string ActorKind { get; init; }
    public required string ActorName { get; init; }
    public required string Action { get; init; }
    public Guid? ProjectId { get; init; }
    public Guid? ReleaseId { get; init; }
    public required string Subject { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public required string PreviousHash { get; init; }
    public required string Hash { get; init; }

    public AuditEntry ToEntry() => new(Sequence, At, ActorKind, ActorName, Action, ProjectId, ReleaseId, Subject, Before, After);
}

/// <summary>The end of the chain: one row, locked by whoever appends.</summary>
public sealed class AuditHeadRecord
{
    public required int Id { get; init; }
    public required long Sequence { get; set; }
    public required string Hash { get; set; }
}
