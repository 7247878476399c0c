using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Core.Steps;

/// <summary>What every step of a release knows. Fixed when the release starts.</summary>
/// <param name="ReleaseId">Sorts by start.</param>
/// <param name="Version">The version that is released.</param>
/// <param name="StartedBy">Sign-in name.</param>
/// <param name="StartedAt">Also the date of the commits that workers make, so that making one again gives the same SHA.</param>
/// <param name="BaseCommit">Head of the development branch when the plan was made: 40 hex digits.</param>
/// <param name="LastVersion">The last version released from the branch, by its tags, or null for the first.</param>
/// <param name="Project">The project as it was when the release started.</param>
public sealed record ReleaseFacts(
    Guid ReleaseId,
    PythonVersion Version,
    string StartedBy,
    DateTimeOffset StartedAt,
    string BaseCommit,
    string? LastVersion,
    Project Project);
