namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>Named people that sign or get a role together, such as <c>security</c>.</summary>
public sealed class GroupRecord
{
    public required Guid Id { get; init; }

    /// <summary>Unique without regard to case.</summary>
    public required string Name { get; set; }

    public required string NormalizedName { get; set; }
    public string Description { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public required string CreatedBy { get; init; }
}

/// <summary>A person's place in a group.</summary>
public sealed class GroupMemberRecord
{
    public required Guid GroupId { get; init; }
    public required Guid UserId { get; init; }
}
