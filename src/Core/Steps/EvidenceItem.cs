namespace ReleaseDashboard.Core.Steps;

/// <summary>How an item of evidence is shown and compared.</summary>
public enum EvidenceKind
{
    Text,
    Commit,
    Sha256,
    Link,
    Check,
    File,
    Diff,

    /// <summary>The digest of an image's manifest or index: <c>sha256:…</c>.</summary>
    Digest,

    /// <summary>An <c>ImageInventory</c> in its canonical text.</summary>
    Images,

    /// <summary>A <c>TagMoves</c> in its canonical text.</summary>
    Tags,
}

/// <summary>One thing that a step proved.</summary>
/// <param name="Name">Short name, also the name of the step's output: <c>${{ steps.ID.outputs.NAME }}</c>.</param>
/// <param name="Kind">How it is shown.</param>
/// <param name="Value">The exact value: a full SHA, a hash in lower-case hex, a text.</param>
/// <param name="Url">Where a person can look at it, if there is such a place.</param>
public sealed record EvidenceItem(string Name, EvidenceKind Kind, string Value, string? Url = null)
{
    /// <summary>What stood here before somebody gave another value by hand; null when nobody did.</summary>
    public string? Instead { get; init; }
}
