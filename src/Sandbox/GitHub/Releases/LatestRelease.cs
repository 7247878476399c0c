using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.GitHub.Releases;

/// <summary>Which release is the latest. Drafts and pre-releases never are.</summary>
internal static class LatestRelease
{
    public static Release? Of(RepositoryState state) =>
        Candidates(state).FirstOrDefault(release => release.Id == state.LatestRelease) ?? Highest(state);

    /// <summary>The document after a release was published with <c>make_latest</c>.</summary>
    /// <param name="state">The document, with the published release in it.</param>
    /// <param name="release">The published release.</param>
    /// <param name="make"><c>true</c>, <c>false</c>, or <c>legacy</c>: the highest version is.</param>
    public static RepositoryState After(RepositoryState state, Release release, string make) => make switch
    {
        _ when release.Draft || release.Prerelease => state,
        "true" => state with { LatestRelease = release.Id },
        // Not made the latest: what was the latest before stays it, by name, although its version may be lower.
        "false" => state with { LatestRelease = Of(state with { Releases = state.Releases.RemoveAll(other => other.Id == release.Id) })?.Id },
        _ => state with { LatestRelease = Highest(state)?.Id },
    };

    private static IEnumerable<Release> Candidates(RepositoryState state) => state.Releases.Where(release => release is { Draft: false, Prerelease: false });

    private static Release? Highest(RepositoryState state) =>
        Candidates(state).OrderByDescending(release => Number(release.Tag)).ThenByDescending(release => release.PublishedAt).FirstOrDefault();

    // Tags that are no version stand behind all that are.
    private static Version Number(string tag) =>
        Version.TryParse(tag.TrimStart('v').Split('-', '+')[0], out var version) ? version : new Version(0, 0);
}
