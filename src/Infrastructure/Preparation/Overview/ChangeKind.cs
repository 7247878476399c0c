using System.Text.RegularExpressions;

namespace ReleaseDashboard.Infrastructure.Preparation.Overview;

/// <summary>What a commit is about.</summary>
public enum ChangeKind
{
    Feature,
    Fix,
    Documentation,
    Other,
}

/// <summary>Reads the kind of a change from a commit's subject (conventionalcommits.org), and from its first word where people write plain sentences.</summary>
public static partial class ChangeKinds
{
    /// <returns>The kind, and whether the subject marks the change as breaking (<c>feat!: …</c>).</returns>
    public static (ChangeKind Kind, bool IsBreaking) Of(string subject)
    {
        var match = Conventional().Match(subject);
        if (match.Success)
            return (ByType(match.Groups["type"].Value), match.Groups["breaking"].Success);
        var first = subject.Split(' ', 2)[0].ToLowerInvariant();
        return (ByFirstWord(first), false);
    }

    private static ChangeKind ByType(string type) => type.ToLowerInvariant() switch
    {
        "feat" or "feature" => ChangeKind.Feature,
        "fix" or "bugfix" or "hotfix" or "perf" => ChangeKind.Fix,
        "docs" or "doc" => ChangeKind.Documentation,
        _ => ChangeKind.Other,
    };

    private static ChangeKind ByFirstWord(string word) => word switch
    {
        "add" or "adds" or "added" or "support" or "implement" or "introduce" => ChangeKind.Feature,
        "fix" or "fixes" or "fixed" or "correct" or "corrects" or "repair" => ChangeKind.Fix,
        "document" or "documents" or "docs" => ChangeKind.Documentation,
        _ => ChangeKind.Other,
    };

    [GeneratedRegex(@"\A(?<type>[A-Za-z]+)(\([^()]*\))?(?<breaking>!)?: ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Conventional();
}
