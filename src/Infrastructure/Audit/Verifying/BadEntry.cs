namespace ReleaseDashboard.Infrastructure.Audit.Verifying;

/// <summary>The first entry of a range that does not fit, as reading the range alone can tell.</summary>
internal sealed record BadEntry(long Sequence, BadEntryKind Kind, string? Column = null);

internal enum BadEntryKind
{
    /// <summary>There is no such row.</summary>
    Missing,

    /// <summary>It names another hash than the one of the entry before.</summary>
    Link,

    /// <summary>Its hash is not the hash of its fields.</summary>
    Hash,

    /// <summary>A column holds what the product never writes.</summary>
    Unreadable,
}
