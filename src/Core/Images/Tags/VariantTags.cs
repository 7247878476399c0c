namespace ReleaseDashboard.Core.Images.Tags;

/// <summary>The tags of one variant, more specific first, without the repository.</summary>
public sealed record VariantTags(string Variant, IReadOnlyList<ImageTag> Tags)
{
    /// <summary>As <c>docker push</c> takes them.</summary>
    public IEnumerable<string> In(string repository) => Tags.Select(tag => $"{repository}:{tag}");
}

/// <summary>The tags of all variants, and what is wrong with them; with a fault nothing may be pushed.</summary>
public sealed record TagPlan(IReadOnlyList<VariantTags> Variants, IReadOnlyList<string> Faults)
{
    public IReadOnlyList<ImageTag> Of(string variant) => Variants.FirstOrDefault(own => own.Variant == variant)?.Tags ?? [];
}
