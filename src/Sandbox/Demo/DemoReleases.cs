using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Demo;

/// <summary>The releases that the demo's history had on GitHub, written into the repository's document.</summary>
internal static class DemoReleases
{
    internal static RepositoryState Add(RepositoryState state, DemoHistory history)
    {
        var since = new List<string>();
        foreach (var commit in history.Commits)
        {
            if (commit.Release is not { } version)
            {
                since.Add($"- {commit.Subject}");
                continue;
            }

            var release = new Release
            {
                Id = state.NextId,
                Tag = version,
                Target = state.DefaultBranch,
                Name = history.ReleaseName?.Replace("{version}", version, StringComparison.Ordinal) ?? version,
                Body = "Changes:\n" + string.Join('\n', since),
                Draft = false,
                Prerelease = false,
                Author = Login(history.Authors[commit.By]),
                CreatedAt = commit.At.AddMinutes(11),
                PublishedAt = commit.At.AddMinutes(12),
            };
            since.Clear();
            state = state with { LastId = state.LastId + 1, Releases = state.Releases.Add(release), LatestRelease = release.Id };
        }

        return state;
    }

    // The authors are people of the sandbox: NAME <LOGIN@sandbox.example>.
    private static string Login(string author) => author[(author.IndexOf('<', StringComparison.Ordinal) + 1)..author.IndexOf('@', StringComparison.Ordinal)];
}
