namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A release that is being prepared in the wizard. Only its owner sees it; nothing has run.</summary>
public sealed class DraftRecord
{
    public required Guid Id { get; init; }
    public required Guid ProjectId { get; init; }
    public required string Owner { get; init; }
    public string? Version { get; set; }

    /// <summary>Which page of the wizard: version, preflight, plan, start.</summary>
    public required string Page { get; set; }

    public required DateTimeOffset SavedAt { get; set; }
}
