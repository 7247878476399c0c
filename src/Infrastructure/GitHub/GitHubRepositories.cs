using System.Text.Json.Serialization;
using ReleaseDashboard.Core.Git;

namespace ReleaseDashboard.Infrastructure.GitHub;

// Fields as GitHub's REST description names them (https://docs.github.com/rest), only those used here.
public sealed record GitHubUser(string Login, long Id, string? Name = null, string? AvatarUrl = null, string? HtmlUrl = null);

public sealed record GitHubPermissions(bool Admin = false, bool Maintain = false, bool Push = false, bool Triage = false, bool Pull = false);

public sealed record GitHubRepository(
    long Id, string Name, string FullName, string DefaultBranch, bool Private, string HtmlUrl, string CloneUrl, bool Archived = false,
    GitHubPermissions? Permissions = null);

/// <summary>A user's right on a repository: <c>admin</c>, <c>write</c>, <c>read</c> or <c>none</c>; the role name is finer.</summary>
public sealed record GitHubPermission(string Permission, string? RoleName = null);

public sealed record GitHubObject(string Sha, string? Type = null, string? Url = null);

public sealed record GitHubBranch(string Name, GitHubObject Commit, bool Protected = false);

/// <summary>A reference and the object it holds (<c>commit</c>, or <c>tag</c> for an annotated tag).</summary>
public sealed record GitHubRef(string Ref, [property: JsonPropertyName("object")] GitHubObject Target)
{
    public CommitSha Sha => CommitSha.Parse(Target.Sha);
}

/// <summary>An annotated tag and what it points to.</summary>
public sealed record GitHubTag(string Tag, string Sha, string Message, [property: JsonPropertyName("object")] GitHubObject Target);

public sealed record GitHubFile(
    string Filename, string Status, int Additions = 0, int Deletions = 0, string? Patch = null, string? PreviousFilename = null);

public sealed record GitHubCommitText(string Message);

public sealed record GitHubCommit(string Sha, GitHubCommitText Commit, GitHubUser? Author = null, string? HtmlUrl = null);

/// <summary>A commit as git has it, with its parents in order.</summary>
public sealed record GitHubGitCommit(string Sha, string Message, IReadOnlyList<GitHubObject> Parents);

/// <summary><c>Status</c> is <c>identical</c>, <c>ahead</c>, <c>behind</c> or <c>diverged</c>, of head against base.</summary>
public sealed record GitHubComparison(
    string Status, int AheadBy, int BehindBy, int TotalCommits, IReadOnlyList<GitHubCommit> Commits, IReadOnlyList<GitHubFile>? Files = null,
    GitHubObject? MergeBaseCommit = null, string? HtmlUrl = null);

public sealed record GitHubRate(int Limit, int Remaining, long Reset, int Used = 0);

public sealed record GitHubRateLimit(GitHubRateResources Resources);

public sealed record GitHubRateResources(GitHubRate Core);
