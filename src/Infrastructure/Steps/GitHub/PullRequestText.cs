using System.Text;
using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.GitHub;

namespace ReleaseDashboard.Infrastructure.Steps.GitHub;

/// <summary>The description of a release's pull request: its commits grouped by kind, and the submodules it moves.</summary>
internal static partial class PullRequestText
{
    private const int MostCommits = 200;
    private static readonly string[] Order = ["Features", "Fixes", "Documentation", "Other changes"];

    /// <summary>What people have made of it since, or its title where they have taken everything away.</summary>
    public static string Description(GitHubPullRequest pull) =>
        string.IsNullOrWhiteSpace(pull.Body) ? pull.Title : pull.Body.ReplaceLineEndings("\n").Trim();

    /// <param name="changes">The head against the last release, or null when that cannot be compared.</param>
    public static string Of(ReleaseFacts facts, GitHubComparison? changes)
    {
        var text = new StringBuilder();
        text.Append($"Release **{facts.Version}** of {facts.Project.WhatIsReleased()}");
        text.Append(facts.LastVersion is { } last ? $", after {last}.\n" : ", the first.\n");
        if (changes is null)
            return text.ToString();

        var commits = changes.Commits.Select(Line).OfType<(string Kind, string Text)>().ToList();
        foreach (var kind in Order)
            Section(text, kind, [.. commits.Where(commit => commit.Kind == kind).Take(MostCommits).Select(commit => commit.Text)]);
        if (changes.TotalCommits > changes.Commits.Count)
            text.Append($"\nand {changes.TotalCommits - changes.Commits.Count} commits more.\n");
        Section(text, "Submodules", [.. (changes.Files ?? []).Select(Pin).OfType<string>()]);
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        text.Append($"\n### {title}\n\n");
        foreach (var line in lines)
            text.Append($"- {line}\n");
    }

    private static (string Kind, string Text)? Line(GitHubCommit commit)
    {
        var subject = commit.Commit.Message.Split('\n')[0].Trim();
        // A merge repeats what its commits say.
        if (subject.Length == 0 || subject.StartsWith("Merge ", StringComparison.Ordinal))
            return null;
        var match = Conventional().Match(subject);
        var words = match.Success ? match.Groups["words"].Value : subject;
        var kind = (match.Success ? match.Groups["type"].Value : subject.Split(' ')[0]).ToLowerInvariant() switch
        {
            "feat" or "feature" or "add" => Order[0],
            "fix" or "bugfix" or "repair" => Order[1],
            "docs" or "doc" or "document" => Order[2],
            _ => Order[3],
        };
        // An @ would call people who only wrote a commit.
        return (kind, $"{words.Replace("@", "@\u200b", StringComparison.Ordinal)} ({commit.Sha[..7]})");
    }

    private static string? Pin(GitHubFile file)
    {
        var before = SubprojectBefore().Match(file.Patch ?? "");
        var after = SubprojectAfter().Match(file.Patch ?? "");
        return (before.Success, after.Success) switch
        {
            (true, true) => $"`{file.Filename}` from {before.Groups["sha"].Value[..7]} to {after.Groups["sha"].Value[..7]}",
            (false, true) => $"`{file.Filename}` added at {after.Groups["sha"].Value[..7]}",
            (true, false) => $"`{file.Filename}` removed",
            _ => null,
        };
    }

    // https://www.conventionalcommits.org/en/v1.0.0/
    [GeneratedRegex(@"\A(?<type>[A-Za-z]+)(\([^)]*\))?!?:\s+(?<words>.+)\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Conventional();

    [GeneratedRegex(@"^-Subproject commit (?<sha>[0-9a-f]{40})", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SubprojectBefore();

    [GeneratedRegex(@"^\+Subproject commit (?<sha>[0-9a-f]{40})", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SubprojectAfter();
}
