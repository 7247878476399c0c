namespace ReleaseDashboard.Core.Changelog;

/// <summary>A heading of the changelog and the labels that bring a pull request under it.</summary>
/// <param name="Labels">As on the host, without regard to case. Empty: whatever no other group takes.</param>
public sealed record ChangelogGroup(string Title, IReadOnlyList<string> Labels)
{
    /// <summary>Headings that suit most projects, with the labels that GitHub gives new repositories and those people usually add.</summary>
    public static IReadOnlyList<ChangelogGroup> Defaults { get; } =
    [
        new("Breaking changes", ["breaking", "breaking-change", "semver-major"]),
        new("Security", ["security"]),
        new("New", ["enhancement", "feature", "semver-minor"]),
        new("Fixed", ["bug", "fix", "regression"]),
        new("Documentation", ["documentation", "docs"]),
        new("Dependencies", ["dependencies"]),
        new("Other changes", []),
    ];

    /// <summary>Labels that keep a pull request out.</summary>
    public static IReadOnlyList<string> Excluding { get; } = ["skip-changelog", "ignore-for-release", "duplicate", "invalid"];
}
