using ReleaseDashboard.Core.History;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>What a finished release comes down to, kept for history and trends so that they read one row a release.</summary>
public sealed class ReleaseFactsRecord
{
    public required Guid ReleaseId { get; init; }
    public required Guid ProjectId { get; init; }
    public required string Version { get; init; }
    public required bool IsPublished { get; init; }
    public required bool IsRehearsal { get; init; }
    public required string PlaybookName { get; init; }
    public required string StartedBy { get; init; }

    /// <summary>Sign-in names of the people whose approval counted.</summary>
    public IReadOnlyList<string> ApprovedBy { get; init; } = [];

    /// <summary>Why it was ended early, or null.</summary>
    public string? AbortReason { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>
    /// Outcome and kind in one number, 0 to 3: whether it was published (1), whether it was a rehearsal (2). Indexes begin with it, so that
    /// any choice of both is at most four ranges of an index and never a scan.
    /// </summary>
    public int Facet { get => FacetOf(IsPublished, IsRehearsal); private init => _ = value; }

    /// <summary>The version's first part, which it is found by.</summary>
    public string VersionFirst { get => VersionKeys.Of(Version).First; private init => _ = value; }

    /// <summary>The version's first two parts, which it is found by.</summary>
    public string VersionSecond { get => VersionKeys.Of(Version).Second; private init => _ = value; }

    /// <summary>From start to end, in milliseconds.</summary>
    public required long LeadMilliseconds { get; init; }

    /// <summary>Of it, how long it waited for people, in milliseconds.</summary>
    public required long PeopleMilliseconds { get; init; }

    /// <summary>Of it, how long it waited for checks, workflows and other services, in milliseconds.</summary>
    public required long OutsideMilliseconds { get; init; }

    /// <summary>Failed attempts.</summary>
    public required int Failures { get; init; }

    /// <summary>Of them, those that passed on retry, without a person.</summary>
    public required int Retries { get; init; }

    /// <summary>Bytes of the published packages, or null when none was.</summary>
    public long? PackageBytes { get; init; }

    /// <summary>Bytes of the published images, all platforms together, or null when none was.</summary>
    public long? ImageBytes { get; init; }

    /// <summary>Its stages in order.</summary>
    public required IReadOnlyList<StageFacts> Stages { get; init; }

    /// <summary>The steps that failed.</summary>
    public required IReadOnlyList<StepFacts> Steps { get; init; }

    public static int FacetOf(bool isPublished, bool isRehearsal) => (isPublished ? 1 : 0) | (isRehearsal ? 2 : 0);
}

/// <summary>How a stage went.</summary>
/// <param name="Stage">Its id in the playbook.</param>
/// <param name="StartedAt">When its first step began.</param>
/// <param name="FinishedAt">When its last step ended.</param>
/// <param name="PeopleMilliseconds">How long it waited for people.</param>
public sealed record StageFacts(string Stage, string Title, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, long PeopleMilliseconds);

/// <summary>How often a step failed.</summary>
/// <param name="Failures">Failed attempts.</param>
/// <param name="Retries">Of them, those that passed on retry, without a person.</param>
public sealed record StepFacts(string Step, string Title, int Failures, int Retries);
