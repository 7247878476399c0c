using ReleaseDashboard.Core.Images.Graphs;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>What the repository says about a project's images.</summary>
/// <param name="Branch">The branch that was read.</param>
/// <param name="Commit">40 hex digits: its head.</param>
/// <param name="Stale">Why this is older than the remote, or null.</param>
/// <param name="Files">Text of the Dockerfile of each variant that has one, by the variant's name.</param>
/// <param name="Versions">Released versions, the highest first, at most <see cref="MostVersions"/>.</param>
public sealed record ImageBuild(
    ImageSettings Settings,
    string Branch,
    string Commit,
    string? Stale,
    IReadOnlyDictionary<string, string> Files,
    BuildGraph Graph,
    BuildOrder Order,
    IReadOnlyList<string> Versions)
{
    public const int MostVersions = 6;
}
