using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>
/// What a release took with it when it started and never changes. A table of its own: every move of a step reads the
/// release's row, and these texts are long.
/// </summary>
public sealed class ReleaseSnapshotRecord
{
    public required Guid ReleaseId { get; init; }

    /// <summary>The playbook's text; the release runs on this.</summary>
    public required string PlaybookText { get; init; }

    public required ProjectSettings Settings { get; init; }
}
