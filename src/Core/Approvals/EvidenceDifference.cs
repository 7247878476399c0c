using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>One thing that is not as it was approved.</summary>
/// <param name="Item">Its name in the evidence; of an image, its tag.</param>
/// <param name="Before">What was shown; null when it was not there.</param>
/// <param name="After">What is there now; null when it is gone.</param>
public sealed record EvidenceChange(string Item, string? Before, string? After);

/// <summary>Says in which items two pieces of evidence differ.</summary>
public static class EvidenceDifference
{
    /// <summary>In the order of the items; empty when the digests are equal.</summary>
    public static IReadOnlyList<EvidenceChange> Of(Evidence before, Evidence after)
    {
        var names = before.Items.Concat(after.Items).Select(item => item.Name).Distinct(StringComparer.Ordinal);
        return [.. names.SelectMany(name => Changes(name, Find(before, name), Find(after, name)))];
    }

    private static IEnumerable<EvidenceChange> Changes(string name, EvidenceItem? before, EvidenceItem? after)
    {
        if (before?.Value == after?.Value && before?.Kind == after?.Kind)
            return [];
        if (before?.Kind == EvidenceKind.Images && after?.Kind == EvidenceKind.Images
            && ImageInventory.TryParse(before.Value, out var old) && ImageInventory.TryParse(after.Value, out var now)
            && Images(old, now).ToList() is { Count: > 0 } images)
            return images;
        // What somebody gave by hand replaces something that nobody had to be asked about.
        return [new EvidenceChange(name, before?.Value ?? after?.Instead, after?.Value ?? before?.Instead)];
    }

    // A whole inventory is no answer to "what changed": the tags whose digest moved are.
    private static IEnumerable<EvidenceChange> Images(ImageInventory before, ImageInventory after) =>
        before.Images.Concat(after.Images).Select(image => image.Tag).Distinct(StringComparer.Ordinal)
            .Select(tag => new EvidenceChange(tag, DigestOf(before, tag), DigestOf(after, tag)))
            .Where(change => change.Before != change.After);

    private static string? DigestOf(ImageInventory inventory, string tag) => inventory.Images.FirstOrDefault(image => image.Tag == tag)?.Digest.Value;

    private static EvidenceItem? Find(Evidence evidence, string name) => evidence.Items.FirstOrDefault(item => item.Name == name);
}
