namespace ReleaseDashboard.Core.History;

/// <summary>A release that is over, in one line: what history and trends are made of.</summary>
/// <param name="ApprovedBy">Sign-in names of the people whose approval counted.</param>
/// <param name="AbortReason">Why it was ended early; null when it was published.</param>
/// <param name="PackageBytes">Of the published packages together, or null when there was none.</param>
/// <param name="ImageBytes">Of the published images, all platforms together, or null when there was none.</param>
public sealed record FinishedRelease(
    Guid Id,
    Guid ProjectId,
    string Project,
    string Version,
    bool IsPublished,
    bool IsRehearsal,
    string Playbook,
    string StartedBy,
    IReadOnlyList<string> ApprovedBy,
    string? AbortReason,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    TimeSpan Lead,
    TimeSpan People,
    TimeSpan Outside,
    int Failures,
    int Retries,
    long? PackageBytes,
    long? ImageBytes,
    IReadOnlyList<StageTime> Stages,
    IReadOnlyList<StepTrouble> Troubles);
