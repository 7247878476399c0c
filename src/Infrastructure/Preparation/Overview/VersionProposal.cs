namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Which part of the version a suggestion moves.</summary>
public enum VersionBump
{
    Patch,
    Minor,
    Major,
    Beta,
}

/// <summary>One version the next release may have.</summary>
public sealed record SuggestedVersion(VersionBump Bump, string Version);

/// <summary>What the next release may be called, and what speaks for it.</summary>
/// <param name="LastVersion">The last release, by its tag; null for the first.</param>
/// <param name="Choices">Patch, minor, major, beta.</param>
/// <param name="Suggested">The one that suits the changes.</param>
/// <param name="Reason">A sentence that says why.</param>
/// <param name="Changes">Commits since the last release, by kind.</param>
public sealed record VersionProposal(string? LastVersion, IReadOnlyList<SuggestedVersion> Choices, SuggestedVersion Suggested, string Reason, ChangeCounts Changes);

/// <summary>Commits since the last release, merges left out.</summary>
public sealed record ChangeCounts(int Total, int Features, int Fixes, int Documentation, int Other, int Breaking);
