namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A signed statement about the first <see cref="Size"/> audit entries. Copies kept elsewhere find a rewritten trail.</summary>
public sealed class AuditCheckpointRecord
{
    /// <summary>How many entries it covers.</summary>
    public required long Size { get; init; }

    /// <summary>Root of the Merkle tree over them, lower-case hex.</summary>
    public required string Root { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Which key signed.</summary>
    public required string KeyId { get; init; }

    /// <summary>The whole signed text, as it is handed out.</summary>
    public required string Text { get; init; }
}

/// <summary>Root of a full subtree of the Merkle tree, so that proofs and roots read little.</summary>
public sealed class AuditTileRecord
{
    /// <summary>1 covers 256 entries, 2 covers 65,536, and so on.</summary>
    public required int Level { get; init; }

    /// <summary>Its place in the level, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Hash { get; init; }
}
