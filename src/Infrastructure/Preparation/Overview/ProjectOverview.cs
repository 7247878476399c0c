using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Core.Versions;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Everything the project's page shows of the world outside.</summary>
/// <param name="ReadAt">When it was put together.</param>
/// <param name="FetchedAt">When the repository was last fetched, or null when it never was.</param>
/// <param name="StaleReason">Why the repository could not be fetched now, when what is shown of it is older; otherwise null.</param>
/// <param name="Tags">Version tags, the highest version first.</param>
/// <param name="Release">The GitHub release of the latest tag.</param>
/// <param name="TreeVersion">Which version a build of dev's head would guess now; null where the version does not come from the tag.</param>
/// <param name="SameBytes">Whether both indexes hold the same file of the latest version; null when it cannot be told.</param>
public sealed record ProjectOverview(
    Project Project,
    DateTimeOffset ReadAt,
    DateTimeOffset? FetchedAt,
    string? StaleReason,
    Part<BranchState> Branches,
    Part<IReadOnlyList<VersionTag>> Tags,
    Part<BranchGraph> Graph,
    Part<LatestRelease> Release,
    Part<IReadOnlyList<SubmodulePin>> Submodules,
    Part<DevelopmentVersion> Version,
    Part<PackageState> Production,
    Part<PackageState> Test,
    bool? SameBytes,
    Part<IReadOnlyList<SecretSummary>> Secrets,
    Part<VersionProposal> Proposal,
    Part<ScmVersion>? TreeVersion);
