namespace ReleaseDashboard.Core.Audit;

/// <summary>
/// An entry as the database holds it, texts as UTF-8 in the reader's own memory: good until the next row is read. For
/// reading millions of entries without making a single object.
/// </summary>
public readonly ref struct RawAuditEntry
{
    public long Sequence { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long At { get; init; }

    public ReadOnlySpan<byte> ActorKind { get; init; }
    public ReadOnlySpan<byte> ActorName { get; init; }
    public ReadOnlySpan<byte> Action { get; init; }
    public Guid? ProjectId { get; init; }
    public Guid? ReleaseId { get; init; }
    public ReadOnlySpan<byte> Subject { get; init; }
    public bool HasBefore { get; init; }
    public ReadOnlySpan<byte> Before { get; init; }
    public bool HasAfter { get; init; }
    public ReadOnlySpan<byte> After { get; init; }

    /// <summary>Lower-case hexadecimal, as stored.</summary>
    public ReadOnlySpan<byte> PreviousHash { get; init; }

    /// <summary>Lower-case hexadecimal, as stored.</summary>
    public ReadOnlySpan<byte> Hash { get; init; }

    /// <summary>Set when a column holds what the product never writes (another type, a broken id): its name.</summary>
    public string? Unreadable { get; init; }
}
