using System.Text;

namespace ReleaseDashboard.Core.Changelog;

/// <summary>What a changelog is drafted from.</summary>
/// <param name="Pulls">Merged since the last release.</param>
/// <param name="Earlier">Merged before, as far back as is known: whoever is not among their authors contributes for the first time.</param>
/// <param name="LastVersion">The release before; null for the first.</param>
/// <param name="LastContributors">Who contributed to it.</param>
/// <param name="CompareUrl">Where the host shows all changes.</param>
public sealed record ChangelogSource(
    IReadOnlyList<MergedPull> Pulls, IReadOnlyList<MergedPull> Earlier, string? LastVersion, IReadOnlyList<string> LastContributors, string CompareUrl);

/// <summary>Drafts the notes of a release, in Markdown, for people to edit.</summary>
public static class ChangelogDraft
{
    public static string Of(ChangelogSource source, IReadOnlyList<ChangelogGroup> groups, IReadOnlyList<string> excluding)
    {
        var pulls = source.Pulls.Where(pull => !Has(pull, excluding)).OrderBy(pull => pull.MergedAt).ThenBy(pull => pull.Number).ToList();
        var text = new StringBuilder();
        foreach (var (group, own) in Grouped(pulls, groups).Where(part => part.Own.Count > 0))
        {
            text.Append("## ").Append(group.Title).Append("\n\n");
            foreach (var pull in own)
                text.Append("* ").Append(Plain(pull.Title)).Append(pull.Author.Length > 0 ? $" by @{pull.Author}" : "").Append($" in [#{pull.Number}]({pull.Url})\n");
            text.Append('\n');
        }
        if (pulls.Count == 0)
            text.Append("No pull request was merged since ").Append(source.LastVersion is { } last ? $"{last}.\n\n" : "the beginning.\n\n");
        Contributors(text, source, pulls);
        return text.Append("**All changes**: ").Append(source.CompareUrl).Append('\n').ToString();
    }

    /// <summary>Whoever has a pull request here and none before, with that pull request.</summary>
    public static IReadOnlyDictionary<string, MergedPull> FirstContributions(IEnumerable<MergedPull> pulls, IEnumerable<MergedPull> earlier)
    {
        var known = earlier.Select(pull => pull.Author).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return pulls.Where(pull => pull.Author.Length > 0 && !known.Contains(pull.Author)).GroupBy(pull => pull.Author, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(own => own.Key, own => own.MinBy(pull => pull.MergedAt)!, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<(ChangelogGroup Group, List<MergedPull> Own)> Grouped(List<MergedPull> pulls, IReadOnlyList<ChangelogGroup> groups)
    {
        var rest = groups.FirstOrDefault(group => group.Labels.Count == 0) ?? new ChangelogGroup("Other changes", []);
        var byGroup = pulls.ToLookup(pull => groups.FirstOrDefault(group => Has(pull, group.Labels)) ?? rest);
        return groups.Contains(rest) ? groups.Select(group => (group, byGroup[group].ToList())) : groups.Append(rest).Select(group => (group, byGroup[group].ToList()));
    }

    private static void Contributors(StringBuilder text, ChangelogSource source, List<MergedPull> pulls)
    {
        var first = FirstContributions(pulls, source.Earlier);
        var all = pulls.Select(pull => pull.Author).Where(author => author.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToList();
        if (all.Count > 0)
        {
            text.Append("## Contributors\n\n");
            foreach (var author in all)
                text.Append("* @").Append(author).Append(first.TryGetValue(author, out var pull) ? $", first contribution in [#{pull.Number}]({pull.Url})\n" : "\n");
            text.Append('\n');
        }
        if (source is { LastVersion: { } last, LastContributors.Count: > 0 })
            text.Append($"Contributors to {last}: {string.Join(", ", source.LastContributors.Select(author => "@" + author))}\n\n");
    }

    private static bool Has(MergedPull pull, IReadOnlyList<string> labels) => pull.Labels.Any(label => labels.Contains(label, StringComparer.OrdinalIgnoreCase));

    // Anybody may name a pull request: neither tags nor links of a title become the changelog's. Code in it stays code.
    private static string Plain(string title) =>
        string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
}
