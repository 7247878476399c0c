using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Compares the tags of a registry with what they have to point to.</summary>
internal static class TagLook
{
    /// <summary>Done when all are as wanted, with the inventory as the proof. A version's tag that points elsewhere stops for a human.</summary>
    public static async Task<Observation> LookAsync(
        RegistryChoice choice, RegistryRepository repository, IReadOnlyList<TagTarget> targets, CancellationToken cancellationToken)
    {
        var missing = false;
        foreach (var target in targets)
        {
            var head = await repository.HeadAsync(target.Tag, cancellationToken);
            if (!head.IsOk)
                return ContainerStepErrors.Seen(head.Error, $"{target.Tag} in {choice.Title} cannot be looked at.");
            if (head.Value is { } found && found.Digest != target.Digest && target.IsVersion)
                return Taken(choice, target, found.Digest);
            missing |= head.Value?.Digest != target.Digest;
        }
        return missing ? new Observation.NotDone() : await DoneAsync(choice, repository, targets, cancellationToken);
    }

    public static StepError TakenError(RegistryChoice choice, TagTarget target, ContentDigest found) => new(
        "tag-taken",
        $"{choice.Repository}:{target.Tag} is another image already.",
        $"There: {found}. To be there: {target.Digest}.",
        "A version's tag is never moved. Find out who pushed it; delete the tag if it is wrong and retry, or release under the next version.");

    private static Observation.Different Taken(RegistryChoice choice, TagTarget target, ContentDigest found) => new(
        TakenError(choice, target, found),
        Evidence.Of(
            new EvidenceItem($"found: {target.Tag}", EvidenceKind.Digest, found.Value),
            new EvidenceItem($"wanted: {target.Tag}", EvidenceKind.Digest, target.Digest.Value)));

    private static async Task<Observation> DoneAsync(
        RegistryChoice choice, RegistryRepository repository, IReadOnlyList<TagTarget> targets, CancellationToken cancellationToken)
    {
        var images = new List<TaggedImage>();
        foreach (var target in targets)
        {
            var found = await RegistryInventory.LookAsync(repository, target.Variant, target.Tag, cancellationToken);
            if (!found.IsOk)
                return ContainerStepErrors.Seen(found.Error, $"{target.Tag} in {choice.Title} cannot be looked at.");
            if (found.Value?.Digest != target.Digest)
                return new Observation.NotDone();
            images.Add(found.Value!);
        }
        return new Observation.Done(Evidence.Of(
        [
            new EvidenceItem(choice.IsProduction ? "production_registry" : "preproduction_registry", EvidenceKind.Check, $"{images.Count} tags", $"https://{choice.Repository}"),
            .. images.Select(image => new EvidenceItem($"tag: {image.Tag}", EvidenceKind.Digest, image.Digest.Value)),
            new EvidenceItem("inventory", EvidenceKind.Images, new ImageInventory(images).ToString()),
        ]));
    }
}
