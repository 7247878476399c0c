namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Where the two branches stand, by the remote.</summary>
/// <param name="Ahead">Commits that dev has and main has not.</param>
/// <param name="Behind">Commits that main has and dev has not.</param>
/// <param name="DevOnly">Newest first, at most <see cref="Limit"/>; <paramref name="Ahead"/> counts all.</param>
/// <param name="MainOnly">Newest first, at most <see cref="Limit"/>.</param>
public sealed record BranchState(
    BranchHead Main, BranchHead Dev, int Ahead, int Behind, IReadOnlyList<OverviewCommit> DevOnly, IReadOnlyList<OverviewCommit> MainOnly)
{
    public const int Limit = 200;

    /// <summary>Both have commits that the other has not.</summary>
    public bool HasDiverged => Ahead > 0 && Behind > 0;
}

/// <summary>The head of a branch.</summary>
/// <param name="Sha">40 hex digits.</param>
/// <param name="Date">Of the commit.</param>
public sealed record BranchHead(string Name, string Sha, DateTimeOffset Date, string Subject);

/// <summary>One commit, with what its subject says about the change.</summary>
public sealed record OverviewCommit(string Sha, string Author, DateTimeOffset Date, string Subject, ChangeKind Kind, bool IsBreaking, bool IsMerge);

/// <summary>A tag that names a version.</summary>
/// <param name="Name">As it is on the remote.</param>
/// <param name="Version">Normalised.</param>
/// <param name="Commit">40 hex digits; of an annotated tag the commit it points to.</param>
/// <param name="Date">Of the commit.</param>
/// <param name="IsOnMain">Whether the release branch holds the commit.</param>
public sealed record VersionTag(string Name, string Version, string Commit, DateTimeOffset Date, bool IsAnnotated, bool IsOnMain);

/// <summary>The GitHub release of the latest tag.</summary>
/// <param name="Tag">The tag that was asked for; null when there is none yet.</param>
/// <param name="Exists">Whether a release of the tag is published.</param>
/// <param name="IsDraft">A release of the tag is there, but not published.</param>
/// <param name="Url">Where people look at it.</param>
public sealed record LatestRelease(string? Tag, bool Exists, bool IsDraft, bool IsLatest, string? Url);

/// <summary>A submodule as dev pins it.</summary>
/// <param name="Branch">The branch it is released from; null when none is set.</param>
/// <param name="BranchHead">Where that branch stands; null when it could not be read.</param>
/// <param name="Behind">Commits that the branch has more; null when it could not be counted.</param>
/// <param name="Error">Why head or count are missing, or null.</param>
public sealed record SubmodulePin(string Path, string Url, string Pinned, string? Branch, string? BranchHead, int? Behind, string? Error);

/// <summary>The version constant on dev.</summary>
/// <param name="Version">As it is written there.</param>
/// <param name="Line">From 1.</param>
public sealed record DevelopmentVersion(string Version, string File, int Line);
