using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Audit;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.Packs;

/// <summary>Everything that shows what one release was: for an archive, an auditor, or a reader without access here.</summary>
/// <param name="Format">Names this shape; another number is another shape.</param>
/// <param name="MadeAt">When it was made. A release under way goes on after that.</param>
/// <param name="HowToCheck">What a reader without this program does to check it, in lines.</param>
public sealed record EvidencePack(
    string Format, DateTimeOffset MadeAt, IReadOnlyList<string> HowToCheck, PackRelease Release, IReadOnlyList<PackStage> Stages, IReadOnlyList<PackEntry> Audit, PackProof? Proof)
{
    public const string CurrentFormat = "release-dashboard evidence 1";
}

/// <summary>The release itself.</summary>
/// <param name="PlaybookDigest">SHA-256 of the playbook's text that it ran on.</param>
public sealed record PackRelease(
    Guid Id, string Project, string Repository, string Version, string? LastVersion, string Status, bool IsRehearsal, string Playbook, int PlaybookRevision, string PlaybookDigest,
    string PlanDigest, string BaseCommit, string StartedBy, string Owner, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? AbortReason);

public sealed record PackStage(string Id, string Title, IReadOnlyList<PackStep> Steps);

/// <summary>A step with everything that happened to it.</summary>
/// <param name="EvidenceDigest">The digest that approvals name; of exactly the evidence here.</param>
/// <param name="Commands">With the values that it ran with, or as planned while it has not begun; secrets masked.</param>
public sealed record PackStep(
    string Key, string Title, string Kind, string Status, bool Optional, bool Permanent, string? Reason, string? SettledBy, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    IReadOnlyDictionary<string, string> Inputs, IReadOnlyList<string> Commands, IReadOnlyList<EvidenceItem> Evidence, string? EvidenceDigest, StepError? Error,
    IReadOnlyList<PackAttempt> Attempts, IReadOnlyList<PackTick> Ticks, IReadOnlyList<PackRequest> Requests, IReadOnlyList<PackDecision> Decisions, IReadOnlyList<PackComment> Comments);

public sealed record PackAttempt(int Number, string Worker, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? Outcome, string IntentDigest, StepError? Error, string? EvidenceDigest);

public sealed record PackTick(string Item, string By, DateTimeOffset At);

/// <summary>People were asked to approve exactly this evidence.</summary>
/// <param name="Changes">When it became void: what was different afterwards.</param>
public sealed record PackRequest(string EvidenceDigest, DateTimeOffset AskedAt, DateTimeOffset? ClosedAt, string? Outcome, IReadOnlyList<EvidenceChange> Changes);

public sealed record PackDecision(string By, string Verdict, string EvidenceDigest, IReadOnlyList<string> As, DateTimeOffset At, string? Comment);

/// <param name="Answers">Whose question it answers, or null.</param>
public sealed record PackComment(string By, DateTimeOffset At, string Text, bool IsQuestion, PackAnswer? Answers);

/// <summary>A question, by who asked it and when.</summary>
public sealed record PackAnswer(string By, DateTimeOffset At);

/// <summary>An audit entry with its place in the chain, and the proof that it is in the tree.</summary>
/// <param name="At">Milliseconds since 1970, as it is hashed.</param>
/// <param name="Path">Hashes from the leaf up to the root (RFC 9162, section 2.1.3).</param>
public sealed record PackEntry(
    long Sequence, long At, string ActorKind, string ActorName, string Action, Guid? ProjectId, Guid? ReleaseId, string Subject, string? Before, string? After,
    string PreviousHash, string Hash, IReadOnlyList<string> Path)
{
    public AuditEntry ToEntry() => new(Sequence, DateTimeOffset.FromUnixTimeMilliseconds(At), ActorKind, ActorName, Action, ProjectId, ReleaseId, Subject, Before, After);
}

/// <summary>What the entries are proved against.</summary>
/// <param name="Checkpoint">The whole signed text.</param>
/// <param name="PublicKey">PEM of the key that signed it. Compare its id with one that you know from elsewhere.</param>
public sealed record PackProof(string Checkpoint, string PublicKey);
