using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>The tags that approved images get in production, by the project's strategy: those of the version first, <c>latest</c> last.</summary>
internal static class ProductionTags
{
    private static readonly CommitSha NoCommit = CommitSha.Parse(new string('0', 40));

    public static Result<IReadOnlyList<TagTarget>, StepError> Of(ReleaseFacts facts, ProjectImages images, ImageInventory inventory)
    {
        if (inventory.Images.FirstOrDefault(image => images.Variants.All(own => own.Variant.Name != image.Variant)) is { } stranger)
            return Wrong($"It holds {stranger.Variant}, which is no variant of the project.");
        // A tag that another version would get as well is one that users follow: it moves. All others stay forever.
        var others = ImageTags.For(images.Settings.Tags, GitContext.OfVersion(facts.Version.NextFinal(), NoCommit), images.Settings.Variants);
        var targets = new List<TagTarget>();
        foreach (var name in images.Variants.Select(own => own.Variant.Name))
        {
            var digests = inventory.Images.Where(image => image.Variant == name).Select(image => image.Digest).Distinct().ToList();
            if (digests.Count != 1)
                return Wrong(digests.Count == 0 ? $"It does not hold {name}." : $"Its tags of {name} are different images.");
            targets.AddRange(images.Tags.Of(name).Select(tag => new TagTarget(name, tag, digests[0], !others.Of(name).Contains(tag))));
        }
        return targets.OrderBy(target => target.IsVersion ? 0 : target.Tag == ImageReference.Latest ? 2 : 1).ToList();
    }

    private static StepError Wrong(string why) => new(
        "bad-inventory", "The approved images are not those of this release.", why, "Look at the images again and have them approved.");
}
