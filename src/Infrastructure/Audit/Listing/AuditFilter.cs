namespace ReleaseDashboard.Infrastructure.Audit.Listing;

/// <summary>Which entries a list shows, newest first. Pages by key: the last sequence seen.</summary>
public sealed record AuditFilter
{
    public const int MaximumCount = 500;

    /// <summary>Ids of the only projects whose entries may be shown; null for the whole trail, with what belongs to no project.</summary>
    public IReadOnlyCollection<Guid>? Visible { get; init; }

    /// <summary>Name of a person or worker.</summary>
    public string? Actor { get; init; }

    /// <summary>Short name of a project.</summary>
    public string? Project { get; init; }

    public Guid? Release { get; init; }

    /// <summary>An action such as <c>step.retry</c>, or the beginning of several, ending in a dot: <c>step.</c></summary>
    public string? Action { get; init; }

    /// <summary>From this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only entries with a lower sequence.</summary>
    public long? Before { get; init; }

    public int Count { get; init; } = 100;
}
