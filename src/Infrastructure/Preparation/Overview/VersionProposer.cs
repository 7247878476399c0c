using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>Proposes what the next release may be called, from what changed.</summary>
internal static class VersionProposer
{
    private static readonly PythonVersion Nothing = PythonVersion.Parse("0.0.0");

    /// <param name="last">The last release, or null for the first.</param>
    /// <param name="constant">The version constant on dev, or null when it cannot be read.</param>
    /// <param name="commits">Commits since the last release; merges do not count.</param>
    public static VersionProposal Of(PythonVersion? last, PythonVersion? constant, IReadOnlyList<OverviewCommit> commits)
    {
        var changes = Count([.. commits.Where(commit => !commit.IsMerge)]);
        var after = VersionSuggestions.After(last ?? Nothing);
        List<SuggestedVersion> choices =
        [
            new(VersionBump.Patch, after.Patch.ToString()),
            new(VersionBump.Minor, after.Minor.ToString()),
            new(VersionBump.Major, after.Major.ToString()),
            new(VersionBump.Beta, after.Beta.ToString()),
        ];
        var (bump, reason) = changes switch
        {
            { Breaking: > 0 } => (VersionBump.Major, $"{Words(changes.Breaking, "change breaks", "changes break")} the interface."),
            { Features: > 0 } => (VersionBump.Minor, $"{Words(changes.Features, "feature", "features")}, and nothing breaks the interface."),
            _ => (VersionBump.Patch, "No features, and nothing breaks the interface."),
        };
        var suggested = choices.First(choice => choice.Bump == bump);
        var planned = Planned(last, constant, PythonVersion.Parse(suggested.Version));
        if (planned is null || planned.ToString() == suggested.Version)
            return new VersionProposal(last?.ToString(), choices, suggested, reason, changes);
        var own = choices.Find(choice => choice.Version == planned.ToString()) ?? new SuggestedVersion(bump, planned.ToString());
        return new VersionProposal(last?.ToString(), choices, own, $"The code on dev prepares {planned} already.", changes);
    }

    // A beta on dev names the version people are heading for. It wins when it is no smaller than what the changes ask for:
    // the beta that a release leaves behind is always the smallest step.
    private static PythonVersion? Planned(PythonVersion? last, PythonVersion? constant, PythonVersion atLeast)
    {
        if (constant is not { Pre.Stage: PreReleaseStage.Beta })
            return null;
        var final = constant.WithoutPreRelease();
        var isConsistent = final.Release.Count == 3 && (last is null || final > last) && final >= atLeast;
        return isConsistent ? final : null;
    }

    private static ChangeCounts Count(IReadOnlyList<OverviewCommit> commits) => new(
        commits.Count,
        commits.Count(commit => commit.Kind == ChangeKind.Feature),
        commits.Count(commit => commit.Kind == ChangeKind.Fix),
        commits.Count(commit => commit.Kind == ChangeKind.Documentation),
        commits.Count(commit => commit.Kind == ChangeKind.Other),
        commits.Count(commit => commit.IsBreaking));

    private static string Words(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
