namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>What a finished release comes down to, kept for history and trends so that they read one row a release.</summary>
public sealed class ReleaseFactsRecord
{
    public required Guid ReleaseId { get; init; }
    public required Guid ProjectId { get; init; }
    public required string Version { get; init; }
    public required bool IsPublished { get; init; }
    public required bool IsRehearsal { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>From start to end, in milliseconds.</summary>
    public required long LeadMilliseconds { get; init; }

    /// <summary>Of it, how long it waited for people, in milliseconds.</summary>
    public required long PeopleMilliseconds { get; init; }

    /// <summary>Of it, how long it waited for checks, workflows and other services, in milliseconds.</summary>
    public required long OutsideMilliseconds { get; init; }

    public required int Failures { get; init; }
    public required int Retries { get; init; }

    /// <summary>Bytes of the published packages, or null when none was.</summary>
    public long? PackageBytes { get; init; }

    /// <summary>Bytes of the published images, all platforms together, or null when none was.</summary>
    public long? ImageBytes { get; init; }

    /// <summary>Its stages in order.</summary>
    public required IReadOnlyList<StageFacts> Stages { get; init; }

    /// <summary>The steps that failed or were repeated.</summary>
    public required IReadOnlyList<StepFacts> Steps { get; init; }
}

/// <summary>How a stage went.</summary>
/// <param name="Stage">Its id in the playbook.</param>
/// <param name="StartedAt">When its first step began.</param>
/// <param name="FinishedAt">When its last step ended.</param>
/// <param name="PeopleMilliseconds">How long it waited for people.</param>
public sealed record StageFacts(string Stage, string Title, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, long PeopleMilliseconds);

/// <summary>How often a step failed and was repeated.</summary>
public sealed record StepFacts(string Step, string Title, int Failures, int Retries);
