namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>
/// The times of 1,024 audit entries. Turns a range of times into a range of sequences without an index over the times of
/// all entries, which every append would have to write; right also where a clock went back.
/// </summary>
public sealed class AuditSpanRecord
{
    /// <summary>0 for entries 1 to 1,024, and so on.</summary>
    public required long Index { get; init; }

    /// <summary>The earliest time in it.</summary>
    public required DateTimeOffset Earliest { get; init; }

    /// <summary>The latest time in it.</summary>
    public required DateTimeOffset Latest { get; init; }
}
