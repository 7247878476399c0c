using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Tags;

/// <summary>What is wrong with a tag strategy in every git context.</summary>
public static class TagStrategyCheck
{
    public static IEnumerable<string> Faults(TagStrategy strategy, IReadOnlyList<ImageVariant> variants)
    {
        foreach (var text in strategy.ForVersion.Concat(strategy.ForBranch).Distinct())
        {
            foreach (var fault in Faults(TagTemplate.Parse(text), variants.Count))
                yield return fault;
        }
        if (strategy.Latest is { } latest && variants.All(variant => variant.Name != latest))
            yield return $"The variant '{latest}', which is to get the tag 'latest', is none of this project's.";
        foreach (var name in variants.GroupBy(variant => variant.Name).Where(same => same.Count() > 1).Select(same => same.Key))
            yield return $"There are two variants of the name '{name}'.";
    }

    private static IEnumerable<string> Faults(TagTemplate template, int variants)
    {
        if (template.Parts.Count == 0)
            yield return "A template of a tag is empty.";
        foreach (var unknown in template.UnknownPlaceholders)
        {
            yield return $"The template '{template.Text}' holds '{{{unknown}}}'{NearestName.Hint(unknown, TagTemplate.Placeholders)}. "
                + "There are {version}, {branch}, {commit} and {variant}.";
        }
        if (!template.FixedText.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            yield return $"The template '{template.Text}' holds a character that tags may not hold: letters, digits, '.', '-' and '_' may be.";
        if (variants > 1 && !template.Names("variant"))
            yield return $"The template '{template.Text}' lacks {{variant}}, so all variants would get the same tag.";
    }
}
