using ReleaseDashboard.Core.History;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Core.Releases;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>One of two releases that are compared.</summary>
/// <param name="Commit">What it released: the tagged or merged commit, or the one it started from.</param>
/// <param name="TickedBy">Who ticked items of its checklists.</param>
public sealed record ComparedRelease(
    Guid Id, string Version, ReleaseStatus Status, bool IsRehearsal, string Playbook, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string Commit,
    string StartedBy, string Owner, IReadOnlyList<string> ApprovedBy, IReadOnlyList<string> TickedBy, ReleaseTimes Times);

/// <summary>How long a stage took in both.</summary>
public sealed record StageComparison(string Title, TimeSpan? Before, TimeSpan? After);

/// <summary>A commit between both.</summary>
public sealed record ComparedCommit(string Sha, string Subject, string Author, DateTimeOffset At);

/// <summary>Commits between both, or why they cannot be shown.</summary>
/// <param name="IsCut">Whether there are more than are listed.</param>
/// <param name="Url">Where the host compares both; null when that cannot be said.</param>
public sealed record CommitComparison(IReadOnlyList<ComparedCommit> Commits, bool IsCut, string? Url, string? Trouble);

/// <summary>The same kind of package in both.</summary>
/// <param name="Kind">Source package or wheel.</param>
/// <param name="Trouble">Why the contents cannot be compared; null when they are.</param>
/// <param name="Added">What it depends on now and did not before.</param>
/// <param name="Dropped">What it depended on before and does not now.</param>
public sealed record PackageComparison(
    string Kind, string? Before, string? After, IReadOnlyList<ContentChange> Changes, int Unchanged, IReadOnlyList<string> Added, IReadOnlyList<string> Dropped, string? Trouble);

/// <summary>One platform of one image in both.</summary>
/// <param name="Layers">What changed in its layers; null when that was not asked or cannot be shown.</param>
/// <param name="Trouble">Why the layers cannot be shown, or null.</param>
public sealed record ImageComparison(string Variant, string Platform, PlatformImage? Before, PlatformImage? After, LayerComparison? Layers, string? Trouble)
{
    public bool IsSame => Before?.Digest == After?.Digest;
}

/// <summary>Two releases of one project, the earlier one first.</summary>
public sealed record ReleaseComparison(
    string Project, ComparedRelease Before, ComparedRelease After, IReadOnlyList<StageComparison> Stages, IReadOnlyList<PackageComparison> Packages, IReadOnlyList<ImageComparison> Images);
