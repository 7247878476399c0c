using System.Globalization;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Parity;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Compares production with what was tested, variant by platform. Whoever copied the images, all must be equal.</summary>
internal sealed class ImagesParityStep(RegistryClients registries) : IStep
{
    public StepKindDescription Description { get; } = new("images.parity", "Compares the images of both registries", StepEffect.Reads)
    {
        Inputs =
        [
            new InputDescription("inventory", ValueKind.Text, "The approved images; without it those that preproduction holds now"),
            new InputDescription("wait", ValueKind.Flag, "Whether to wait for images that production does not hold yet, until the step's timeout", Default: new InputValue.Flag(false)),
        ],
        Outputs = [new OutputDescription("parity", ValueKind.Text, "How many images are equal, of how many")],
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return Task.FromResult(StepPlan.Empty with { Note = images.Error.Why });
        var production = RegistryChoice.Of(true, images.Value.Settings);
        return Task.FromResult(new StepPlan(
            [.. Tags(images.Value).Select(each => new PlanLine(PlanPhase.Verify, $"GET {production.ManifestAddress(each.Tag.Value)}", "the digests of preproduction, on every platform"))],
            []));
    }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return new Observation.Failed(images.Error);
        var settings = images.Value.Settings;
        var (from, to) = (RegistryChoice.Of(false, settings), RegistryChoice.Of(true, settings));
        if (!ImageInventory.TryParse(context.Inputs.Text("inventory"), out var tested))
        {
            if (context.Inputs.Text("inventory") is not null)
                return new Observation.Failed(new StepError("bad-input", "The input 'inventory' cannot be used.", "It is not what images.inventory hands on.", "Correct the input and resume."));
            var first = images.Value.Tags.Variants.Where(own => own.Tags.Count > 0).Select(own => (own.Variant, own.Tags[0])).ToList();
            var read = await RegistryTags.ReadAsync(await from.OpenAsync(context, registries, cancellationToken), first, cancellationToken);
            if (!read.IsOk)
                return ImagesWaiting.Unseen(read.Error, $"The images in {from.Title} cannot be looked at.");
            tested = read.Value;
        }
        var published = await RegistryTags.ReadAsync(await to.OpenAsync(context, registries, cancellationToken), Tags(images.Value), cancellationToken);
        return published.IsOk
            ? Judge(context, images.Value, to, tested, published.Value)
            : ImagesWaiting.Unseen(published.Error, $"The images in {to.Title} cannot be looked at.");
    }

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Parity only looks; the engine never acts here.");

    private static Observation Judge(StepContext context, ProjectImages images, RegistryChoice production, ImageInventory tested, ImageInventory found)
    {
        // Until a variant's most specific tag is there, the others still point to the last release.
        var published = new ImageInventory([.. found.Images.Where(image => found.Images.Any(other => other.Variant == image.Variant && other.Tag == images.Tags.Of(image.Variant)[0].Value))]);
        var matrix = ParityMatrix.Compare([.. images.Variants.Select(own => ExpectedImage.Of(own.Variant))], tested, published);
        var untagged = Tags(images).Where(each => published.Images.All(image => image.Tag != each.Tag.Value)).Select(each => each.Tag.Value).ToList();
        var cells = matrix.Rows.SelectMany(row => row.Cells.Where(cell => cell.State != ParityState.NotExpected)).ToList();
        var summary = string.Create(CultureInfo.InvariantCulture, $"{matrix.Count(ParityState.Equal)} of {cells.Count} equal");
        var proof = Evidence.Of(
            new EvidenceItem("parity", EvidenceKind.Check, summary),
            new EvidenceItem("preproduction", EvidenceKind.Images, tested.ToString()),
            new EvidenceItem("production", EvidenceKind.Images, published.ToString()));
        if (matrix.IsGreen && untagged.Count == 0)
            return new Observation.Done(proof);
        var faults = Faults(matrix).Concat(untagged.Select(tag => $"the tag {tag} is not in production")).ToList();
        // A workflow that still copies: what is missing may come, and tags that users follow may still move. What is different stays so.
        var mayCome = matrix.Rows.All(row => row.Cells.All(cell => cell.IsGood || cell.State == ParityState.MissingInProduction) && row.Strays.All(stray => stray.IsProduction));
        if (context.Inputs.Flag("wait") && mayCome)
            return ImagesWaiting.For($"{summary}; {faults[0]}", proof);
        return new Observation.Failed(new StepError(
            "not-equal",
            $"Production does not hold the images that were tested: {summary}.",
            $"In {production.Repository}: {string.Join("; ", faults)}.",
            "Do not publish the release. See who pushed to production and why; bring the approved images there, then retry.",
            faults)) { Evidence = proof };
    }

    private static IEnumerable<string> Faults(ParityMatrix matrix) =>
        matrix.Rows.SelectMany(row => row.Cells.Where(cell => !cell.IsGood).Select(cell => cell.State switch
        {
            ParityState.MissingInProduction => $"{row.Variant} for {cell.Platform} is missing",
            ParityState.MissingInPreproduction => $"{row.Variant} for {cell.Platform} is there, but was never tested",
            ParityState.MissingInBoth => $"{row.Variant} for {cell.Platform} is in neither registry",
            _ => $"{row.Variant} for {cell.Platform} is {cell.Production!.Digest}, tested was {cell.Preproduction!.Digest}",
        }).Concat(row.Strays.Select(stray => $"the tag {stray.Tag} of {row.Variant} points to another image, {stray.Digest}")));

    private static IReadOnlyList<(string Variant, ImageTag Tag)> Tags(ProjectImages images) =>
        [.. images.Tags.Variants.SelectMany(own => own.Tags.Select(tag => (own.Variant, tag)))];
}
