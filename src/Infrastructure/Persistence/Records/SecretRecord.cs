namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A secret, encrypted for exactly its project and name: moved to another row it cannot be read.</summary>
public sealed class SecretRecord
{
    public required Guid ProjectId { get; init; }
    public required string Name { get; init; }
    public required string Ciphertext { get; set; }
    /// <summary>Kinds of steps that may use it; empty for those that its name is meant for.</summary>
    public List<string> StepKinds { get; set; } = [];

    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>When people were warned that it expires soon.</summary>
    public DateTimeOffset? WarnedAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public required string UpdatedBy { get; set; }
}
