namespace ReleaseDashboard.Core.Audit;

/// <summary>What verifying the trail found.</summary>
/// <param name="Entries">How many entries are good, counted from the first.</param>
/// <param name="Head">Hash of the last good entry.</param>
/// <param name="Root">Root of the Merkle tree over them.</param>
/// <param name="Checkpoints">How many signed checkpoints fit.</param>
/// <param name="Findings">Everything that does not fit, the earliest entry first; empty when all does.</param>
public sealed record AuditVerification(long Entries, string Head, string Root, int Checkpoints, IReadOnlyList<AuditFinding> Findings)
{
    public bool Intact => Findings.Count == 0;

    /// <summary>Sequence of the first entry that does not fit, or null when all do or only what stands beside the entries was changed.</summary>
    public long? FirstBad => Findings.Min(finding => finding.First);

    /// <summary>The first finding in one sentence, or null.</summary>
    public string? Reason => Findings.Count == 0 ? null : Findings[0].What;
}

/// <summary>Something that does not fit.</summary>
/// <param name="First">The first entry concerned, or null when it is none of the entries.</param>
/// <param name="Last">The last entry concerned.</param>
/// <param name="What">What is wrong and where, one or two sentences.</param>
/// <param name="WhatToDo">The way on.</param>
public sealed record AuditFinding(AuditFindingKind Kind, long? First, long? Last, string What, string WhatToDo);

/// <summary>Ways in which a trail does not fit.</summary>
public enum AuditFindingKind
{
    /// <summary>A field of an entry is not what was written.</summary>
    EntryChanged,

    /// <summary>Entries are gone from the middle.</summary>
    EntryRemoved,

    /// <summary>An entry that was never written stands between others, or after the end.</summary>
    EntryInserted,

    /// <summary>Entries stand in another order than they were written in.</summary>
    EntryMoved,

    /// <summary>The last entries are gone.</summary>
    TailCut,

    /// <summary>The record of the trail's end is gone or says something else.</summary>
    HeadChanged,

    /// <summary>The entries follow from each other, but they are not those that a checkpoint was signed for.</summary>
    Rewritten,

    /// <summary>A checkpoint was not signed by a key that is known here.</summary>
    CheckpointForged,

    /// <summary>A stored checkpoint was changed or removed.</summary>
    CheckpointChanged,

    /// <summary>A stored hash of the tree was changed or removed.</summary>
    TreeChanged,

    /// <summary>A line of the index of times was changed.</summary>
    TimesChanged,
}
