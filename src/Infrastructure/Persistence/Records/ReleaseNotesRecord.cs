namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>The notes of a release: as people edited them, or as GitHub made them when people were first asked to approve.</summary>
public sealed class ReleaseNotesRecord
{
    public required Guid ReleaseId { get; init; }

    /// <summary>Markdown.</summary>
    public required string Text { get; set; }

    /// <summary>Counts up with each save, so that two people do not overwrite each other. 0 while nobody has: then GitHub made the text.</summary>
    public required int Revision { get; set; }

    public required string SavedBy { get; set; }
    public required DateTimeOffset SavedAt { get; set; }

    /// <summary>The commit that GitHub made the text for, 40 hex digits; null when people wrote it.</summary>
    public string? GeneratedFor { get; set; }
}
