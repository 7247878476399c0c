using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Looks whether tags still point to what was approved. What is promoted goes by digest, but a moved tag means that somebody else is at work.</summary>
internal static class MovedTags
{
    public static StepError Error(RegistryChoice choice, TaggedImage approved, ContentDigest? now) => new(
        "tag-moved",
        $"{approved.Tag} in {choice.Title} is another image than the one that was looked at.",
        $"{choice.Repository}:{approved.Tag} {(now is null ? "is gone" : $"points to {now}")}; looked at and approved was {approved.Digest}.",
        "Nothing was published, and the approval does not hold for the other image. Find out who pushed it. To release it, look at the images again and have them approved; otherwise bring the approved image back and retry.");

    /// <summary>The first tag that moved, as a finding; null when all are where they were.</summary>
    public static async Task<Observation?> FindAsync(
        RegistryChoice choice, RegistryRepository repository, ImageInventory approved, CancellationToken cancellationToken)
    {
        foreach (var image in approved.Images)
        {
            var head = await repository.HeadAsync(ImageTag.Parse(image.Tag), cancellationToken);
            if (!head.IsOk)
                return ContainerStepErrors.Seen(head.Error, $"{image.Tag} in {choice.Title} cannot be looked at.");
            if (head.Value?.Digest != image.Digest)
            {
                return new Observation.Different(
                    Error(choice, image, head.Value?.Digest),
                    Evidence.Of(
                        new EvidenceItem($"approved: {image.Tag}", EvidenceKind.Digest, image.Digest.Value),
                        new EvidenceItem($"found: {image.Tag}", EvidenceKind.Digest, head.Value?.Digest.Value ?? "nothing")));
            }
        }
        return null;
    }
}
