using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Infrastructure.History;

/// <summary>Which commits a release is found by: the one it began at, and those that its steps made, tagged or published.</summary>
internal static class ReleaseCommits
{
    // Other commits in the evidence are those that were there before, which belong to the release before.
    private static readonly HashSet<string> Own = new(StringComparer.Ordinal) { "commit", "head", "object" };

    /// <param name="evidence">Of its steps that succeeded.</param>
    /// <returns>Whole, in lower case, each once.</returns>
    public static IReadOnlyList<string> Of(string baseCommit, IEnumerable<Evidence> evidence) =>
    [
        .. evidence.SelectMany(own => own.Items).Where(item => item.Kind == EvidenceKind.Commit && Own.Contains(item.Name)).Select(item => item.Value)
            .Prepend(baseCommit).Select(text => CommitSha.TryParse(text, out var commit) ? commit.Value : null).OfType<string>().Distinct(StringComparer.Ordinal),
    ];
}
