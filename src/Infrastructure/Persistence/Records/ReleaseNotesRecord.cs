namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>The notes of a release as people edited them. Without a row, the draft made from merged pull requests counts.</summary>
public sealed class ReleaseNotesRecord
{
    public required Guid ReleaseId { get; init; }

    /// <summary>Markdown.</summary>
    public required string Text { get; set; }

    /// <summary>Counts up with each save, so that two people do not overwrite each other.</summary>
    public required int Revision { get; set; }

    public required string SavedBy { get; set; }
    public required DateTimeOffset SavedAt { get; set; }
}
