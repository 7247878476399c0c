using System.Globalization;
using ReleaseDashboard.Core.Audit.Merkle;

namespace ReleaseDashboard.Core.Audit.Checkpoints;

/// <summary>A statement about the first <paramref name="Size"/> entries. Signed and kept elsewhere, it finds a rewritten trail.</summary>
/// <param name="Origin">Which installation says so.</param>
/// <param name="Root">Root of the Merkle tree over the entries' hashes.</param>
/// <param name="Head">Hash of entry <paramref name="Size"/>.</param>
/// <param name="At">To the millisecond, UTC.</param>
/// <param name="Previous">The checkpoint before, as <see cref="SignedCheckpoint.Reference"/>, or <c>none</c>: a removed one is missed.</param>
/// <param name="KeyId">Which key signs.</param>
public sealed record AuditCheckpoint(string Origin, long Size, Hash256 Root, Hash256 Head, DateTimeOffset At, string Previous, string KeyId)
{
    public const string Title = "ReleaseDashboard audit checkpoint 1";
    public const string NoPrevious = "none";

    internal const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The lines that are signed, each with its line end.</summary>
    public string ToSign() => string.Create(CultureInfo.InvariantCulture,
        $"""
        {Title}
        origin: {Origin}
        size: {Size}
        root: {Root}
        head: {Head}
        time: {At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}
        previous: {Previous}
        key: {KeyId}

        """).ReplaceLineEndings("\n");
}
