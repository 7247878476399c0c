using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Tags;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Says what a registry holds of the release: tags, platforms, digests, sizes. Every variant must be there for every platform.</summary>
internal sealed class ImagesInventoryStep(RegistryClients registries) : IStep
{
    public StepKindDescription Description { get; } = new("images.inventory", "Says which images a registry holds", StepEffect.Reads)
    {
        Inputs =
        [
            RegistryChoice.Input,
            new InputDescription("tags", ValueKind.Text, "Whether the images are found by the version's tags or the development branch's", Default: new InputValue.Text("version"), Choices: ["version", "branch"]),
            new InputDescription("wait", ValueKind.Flag, "Whether to wait for images that are still being pushed, until the step's timeout", Default: new InputValue.Flag(false)),
            new InputDescription("expect", ValueKind.Text, "The images as an earlier look found them; others stop the release"),
        ],
        Outputs = [new OutputDescription("inventory", ValueKind.Text, "Each variant's tag with its digest, platforms and sizes")],
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return Task.FromResult(StepPlan.Empty with { Note = images.Error.Why });
        var choice = RegistryChoice.Of(context.Inputs, images.Value.Settings);
        var asked = Asked(context.Facts, context.Inputs, images.Value);
        return Task.FromResult(asked.IsOk
            ? new StepPlan(
                [.. asked.Value.Select(each => new PlanLine(PlanPhase.Check, $"GET {choice.ManifestAddress(each.Tag.Value)}",
                    string.Join(", ", images.Value.Variants.First(variant => variant.Variant.Name == each.Variant).Platforms)))],
                [])
            : StepPlan.Empty with { Note = asked.Error.Why });
    }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return new Observation.Failed(images.Error);
        var asked = Asked(context.Facts, context.Inputs, images.Value);
        if (!asked.IsOk)
            return new Observation.Failed(asked.Error);
        var choice = RegistryChoice.Of(context.Inputs, images.Value.Settings);
        var repository = await choice.OpenAsync(context, registries, cancellationToken);
        var found = await RegistryTags.ReadAsync(repository, asked.Value, cancellationToken);
        if (!found.IsOk)
            return ImagesWaiting.Unseen(found.Error, $"The images in {choice.Title} cannot be looked at.");
        var proof = Proof(choice, found.Value);
        if (Moved(context.Inputs, choice, found.Value) is { } moved)
            return new Observation.Different(moved, proof);
        var missing = Missing(images.Value, found.Value, asked.Value).ToList();
        if (missing.Count == 0)
            return new Observation.Done(proof);
        return context.Inputs.Flag("wait")
            ? ImagesWaiting.For($"Not in {choice.Title} yet: {string.Join("; ", missing)}", proof)
            : new Observation.Failed(new StepError(
                "image-missing",
                $"{choice.Title[..1].ToUpperInvariant()}{choice.Title[1..]} does not hold every image.",
                $"Missing in {choice.Repository}: {string.Join("; ", missing)}.",
                "See why the workflow or the build did not push it. Retry once it is there, or correct the variants in the project's settings and start again.",
                missing)) { Evidence = proof };
    }

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("An inventory only looks; the engine never acts here.");

    // The most specific tag decides what a variant is; in production the others must be there as well.
    private static Result<IReadOnlyList<(string Variant, ImageTag Tag)>, StepError> Asked(ReleaseFacts facts, StepInputs inputs, ProjectImages images)
    {
        var plan = images.Tags;
        if (inputs.Text("tags") == "branch")
        {
            if (!BranchName.TryParse(facts.Project.Settings.DevBranch, out var branch, out var fault))
                return new StepError("bad-image-settings", "The development branch makes no tags.", fault, "Correct it in the project's settings.");
            plan = ImageTags.For(images.Settings.Tags, GitContext.OfBranch(branch), images.Settings.Variants);
        }
        var every = RegistryChoice.Of(inputs, images.Settings).IsProduction;
        (string, ImageTag)[] asked = [.. plan.Variants.SelectMany(own => (every ? own.Tags : own.Tags.Take(1)).Select(tag => (own.Variant, tag)))];
        return plan.Faults.Count > 0 || plan.Variants.Any(own => own.Tags.Count == 0)
            ? new StepError("bad-image-settings", "A variant gets no tag.", string.Join(' ', [.. plan.Faults, .. plan.Variants.Where(own => own.Tags.Count == 0).Select(own => $"{own.Variant} has none.")]), "Correct the templates of tags in the project's settings.")
            : asked;
    }

    private static IEnumerable<string> Missing(ProjectImages images, ImageInventory found, IReadOnlyList<(string Variant, ImageTag Tag)> asked)
    {
        foreach (var (variant, tag) in asked)
        {
            var wanted = images.Variants.First(own => own.Variant.Name == variant).Platforms;
            if (found.Images.FirstOrDefault(image => image.Variant == variant && image.Tag == tag.Value) is not { } image)
                yield return $"{variant} ({tag})";
            else if (wanted.Except(image.Platforms.Select(each => each.Platform)).ToList() is { Count: > 0 } lacking)
                yield return $"{variant} ({tag}) for {string.Join(", ", lacking)}";
        }
    }

    private static StepError? Moved(StepInputs inputs, RegistryChoice choice, ImageInventory found)
    {
        if (inputs.Text("expect") is not { } text)
            return null;
        if (!ImageInventory.TryParse(text, out var expected))
            return new StepError("bad-input", "The input 'expect' cannot be used.", "It is not what images.inventory hands on.", "Correct the input and resume.");
        foreach (var image in expected.Images)
        {
            var now = found.Images.FirstOrDefault(each => each.Variant == image.Variant && each.Tag == image.Tag)?.Digest;
            if (now != image.Digest)
                return MovedTags.Error(choice, image, now);
        }
        return null;
    }

    private static Evidence Proof(RegistryChoice choice, ImageInventory found) => Evidence.Of(
    [
        new EvidenceItem("inventory", EvidenceKind.Images, found.ToString(), $"{(choice.Address.Insecure ? "http" : "https")}://{choice.Repository}"),
        .. found.Images.Select(image => new EvidenceItem($"image: {image.Variant} ({image.Tag})", EvidenceKind.Digest, image.Digest.Value)),
    ]);
}
