using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Tags;

/// <summary>Makes the tags of images from a project's strategy.</summary>
public static class ImageTags
{
    private const int LongestTag = 128;

    /// <summary>The tags of every variant, more specific first, and every fault: two variants never share a tag.</summary>
    public static TagPlan For(TagStrategy strategy, GitContext context, IReadOnlyList<ImageVariant> variants)
    {
        var faults = TagStrategyCheck.Faults(strategy, variants).ToList();
        var all = variants.Select(variant => Make(strategy, context, variant.Name, faults)).ToList();
        faults.AddRange(
            from made in all
            from tag in made.Tags
            group made.Variant by tag.Value into same
            let names = same.Distinct().ToList()
            where names.Count > 1
            select $"The variants {string.Join(" and ", names)} would get the same tag '{same.Key}'.");
        return new TagPlan(all, [.. faults.Distinct()]);
    }

    /// <summary>The tags of one variant, more specific first. Throws <see cref="FormatException"/> when the strategy cannot make them.</summary>
    public static IReadOnlyList<ImageTag> For(TagStrategy strategy, GitContext context, ImageVariant variant)
    {
        var plan = For(strategy with { Latest = strategy.Latest == variant.Name ? variant.Name : null }, context, [variant]);
        return plan.Faults.Count == 0 ? plan.Variants[0].Tags : throw new FormatException(string.Join(' ', plan.Faults));
    }

    /// <summary>
    /// The variant that a tag belongs to, whatever version, branch or commit it was made for; null when the strategy makes no such tag. Of
    /// several the longest name wins: <c>1.2.0-signal-debian</c> belongs to <c>signal-debian</c>, not to <c>debian</c>.
    /// </summary>
    public static ImageVariant? VariantOf(TagStrategy strategy, string tag, IReadOnlyList<ImageVariant> variants)
    {
        if (tag == ImageReference.Latest.Value && strategy.Latest is { } latest)
            return variants.FirstOrDefault(variant => variant.Name == latest);
        var templates = strategy.ForVersion.Concat(strategy.ForBranch).Select(TagTemplate.Parse).ToList();
        return variants.OrderByDescending(variant => variant.Name.Length)
            .FirstOrDefault(variant => templates.Any(template => template.CouldMake(tag, variant.Name)));
    }

    private static VariantTags Make(TagStrategy strategy, GitContext context, string variant, List<string> faults)
    {
        var tags = new List<ImageTag>();
        foreach (var template in Templates(strategy, context))
        {
            if (Text(template, context, variant) is not { } text)
                continue;
            if (!ImageTag.TryParse(text, out var tag, out var fault))
                faults.Add($"The template '{template.Text}' makes no tag for the variant {variant}: {fault}");
            else if (tag == ImageReference.Latest && !MayBeLatest())
                faults.Add($"The template '{template.Text}' makes the tag 'latest' for {variant}, which only a final version of the chosen variant gets.");
            else if (!tags.Contains(tag) && tag != ImageReference.Latest)
                tags.Add(tag);
        }
        if (MayBeLatest())
            tags.Add(ImageReference.Latest);
        return new VariantTags(variant, tags);

        bool MayBeLatest() => context.IsFinal && strategy.Latest == variant;
    }

    // A prerelease never moves the tags that users follow: it takes only those that name its version or commit.
    private static IEnumerable<TagTemplate> Templates(TagStrategy strategy, GitContext context) =>
        (context.Version is null ? strategy.ForBranch : strategy.ForVersion)
            .Select(TagTemplate.Parse)
            .Where(template => context.Version is null || context.IsFinal || template.Names("version") || template.Names("commit"))
            .OrderByDescending(template => template.Specificity);

    private static string? Text(TagTemplate template, GitContext context, string variant)
    {
        var text = Fill(context.Branch?.Value);
        // A long branch is cut, never the variant: two variants must stay apart.
        return text is { Length: > LongestTag } && context.Branch is { } branch && SafeText.Of(branch.Value) is var safe && safe.Length > text.Length - LongestTag
            ? Fill(safe[..^(text.Length - LongestTag)])
            : text;

        string? Fill(string? branchName) => template.Fill(name => name switch
        {
            "version" => context.Version is { } version ? SafeText.Of(version.ToString()) : null,
            "branch" => branchName is { } value ? Filled(SafeText.Of(value)) : null,
            "commit" => context.Commit?.Abbreviated,
            "variant" => SafeText.Of(variant),
            _ => null,
        });

        // A name of which nothing is left, such as a branch in another script, still needs a place.
        static string Filled(string safe) => safe.Length == 0 ? "branch" : safe;
    }
}
