using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Infrastructure.Git;

namespace ReleaseDashboard.Infrastructure.Projects.Proposals;

/// <summary>What a repository shows of itself at one commit.</summary>
/// <param name="Branches">All of its branches.</param>
/// <param name="Branch">The branch that was read.</param>
/// <param name="Commit">Its head.</param>
/// <param name="Paths">Ordinary files only: a link may lead out of the checkout.</param>
/// <param name="Read">The text of one of <paramref name="Paths"/>.</param>
/// <param name="Submodules">As the commit pins them.</param>
public sealed record RepositoryFiles(
    IReadOnlyList<string> Branches, string Branch, CommitSha Commit, IReadOnlyList<string> Paths, Func<string, string> Read,
    IReadOnlyList<GitSubmodule> Submodules)
{
    private static readonly string[] DevNames = ["dev", "develop", "development", "next"];
    private static readonly string[] MainNames = ["main", "master"];

    /// <summary>The branch that work seems to happen on, or null.</summary>
    public static string? Dev(IReadOnlyList<string> branches) => DevNames.FirstOrDefault(branches.Contains);

    /// <summary>The branch that seems to be released, or null.</summary>
    public static string? Main(IReadOnlyList<string> branches) => MainNames.FirstOrDefault(branches.Contains);
}
