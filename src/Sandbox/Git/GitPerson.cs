using System.Globalization;

namespace ReleaseDashboard.Sandbox.Git;

/// <summary>An author, committer or tagger with the moment of it.</summary>
public sealed record GitPerson(string Name, string Email, DateTimeOffset Date)
{
    /// <summary>As git writes it inside objects.</summary>
    internal string Line => $"{Clean(Name)} <{Clean(Email)}> {Date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} +0000";

    internal IEnumerable<KeyValuePair<string, string>> Variables(string role)
    {
        yield return new($"GIT_{role}_NAME", Name);
        yield return new($"GIT_{role}_EMAIL", Email);
        yield return new($"GIT_{role}_DATE", $"@{Date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} +0000");
    }

    private static string Clean(string text) => text.ReplaceLineEndings(" ").Replace('<', ' ').Replace('>', ' ');
}

/// <summary>A commit as git knows it.</summary>
public sealed record GitCommit(
    string Sha, string Tree, IReadOnlyList<string> Parents, GitPerson Author, GitPerson Committer, string Message);

/// <summary>A ref and what it points to.</summary>
/// <param name="Name">Full name, such as <c>refs/heads/main</c>.</param>
/// <param name="Sha">The object the ref holds.</param>
/// <param name="Type"><c>commit</c> or <c>tag</c>.</param>
/// <param name="Commit">The commit in the end, also behind an annotated tag.</param>
public sealed record GitRef(string Name, string Sha, string Type, string Commit);

/// <summary>A file that differs between two trees.</summary>
public sealed record GitFileChange(string Path, string? Previous, string Status, string? Blob, int Added, int Removed, string? Patch);
