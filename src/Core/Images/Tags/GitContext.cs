using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Versions;

namespace ReleaseDashboard.Core.Images.Tags;

/// <summary>What images are tagged for: a version, a branch, or a bare commit.</summary>
/// <param name="Version">The version of a version tag, or null.</param>
/// <param name="Branch">The branch, or null.</param>
/// <param name="Commit">The commit, or null where it is not known yet.</param>
public sealed record GitContext(PythonVersion? Version, BranchName? Branch, CommitSha? Commit)
{
    /// <summary>Whether the tags may be those that users follow, such as <c>latest</c>.</summary>
    public bool IsFinal => Version is { IsFinal: true };

    public static GitContext OfVersion(PythonVersion version, CommitSha? commit = null) => new(version, null, commit);

    public static GitContext OfBranch(BranchName branch, CommitSha? commit = null) => new(null, branch, commit);

    public static GitContext OfCommit(CommitSha commit) => new(null, null, commit);

    /// <summary>A version tag, with <c>v</c> before the version or without. Null when the tag names no version.</summary>
    public static GitContext? OfTag(string tag, CommitSha? commit = null) =>
        PythonVersion.TryParse(tag.StartsWith('v') ? tag[1..] : tag, out var version, out _) ? OfVersion(version, commit) : null;

    /// <summary>
    /// Reads what a person writes: <c>refs/tags/v1.2.3</c>, <c>refs/heads/dev</c>, a full SHA, a version or the name of a branch. Null for none of them.
    /// </summary>
    public static GitContext? OfText(string text)
    {
        if (text.StartsWith("refs/tags/", StringComparison.Ordinal))
            return OfTag(text["refs/tags/".Length..]);
        if (text.StartsWith("refs/heads/", StringComparison.Ordinal))
            return BranchName.TryParse(text["refs/heads/".Length..], out var full, out _) ? OfBranch(full) : null;
        if (CommitSha.TryParse(text, out var sha))
            return OfCommit(sha);
        return OfTag(text) ?? (BranchName.TryParse(text, out var branch, out _) ? OfBranch(branch) : null);
    }
}
