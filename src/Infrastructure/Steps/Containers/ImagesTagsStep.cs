using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Says which tags publishing makes and moves, and where each that users follow points today: people approve that too.</summary>
internal sealed class ImagesTagsStep(RegistryClients registries) : IStep
{
    public StepKindDescription Description { get; } = new("images.tags", "Says which tags publishing makes and moves", StepEffect.Reads)
    {
        Inputs =
        [
            new InputDescription("inventory", ValueKind.Text, "The images that will be published", Required: true),
            new InputDescription("commit", ValueKind.Text, "The commit they were built from, for tags that name it"),
        ],
        Outputs =
        [
            new OutputDescription("tags", ValueKind.Text, "Every tag of production with the digest it gets and the one it has"),
            new OutputDescription("moves", ValueKind.Text, "One sentence for people"),
        ],
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return Task.FromResult(StepPlan.Empty with { Note = images.Error.Why });
        var production = RegistryChoice.Of(true, images.Value.Settings);
        return Task.FromResult(new StepPlan(
            [.. images.Value.Tags.Variants.SelectMany(own => own.Tags).Select(tag => new PlanLine(PlanPhase.Check, $"HEAD {production.ManifestAddress(tag.Value)}", "where it points now"))],
            []));
    }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var targets = Targets(context);
        if (!targets.IsOk)
            return new Observation.Failed(targets.Error);
        var choice = RegistryChoice.Of(true, context.Facts.Project.Settings.Images!);
        var repository = await choice.OpenAsync(context, registries, cancellationToken);
        var moves = new List<TagMove>();
        foreach (var target in targets.Value)
        {
            var head = await repository.HeadAsync(target.Tag, cancellationToken);
            if (!head.IsOk)
                return ImagesWaiting.Unseen(head.Error, $"{target.Tag} in {choice.Title} cannot be looked at.");
            if (head.Value is { } found && target.IsVersion && found.Digest != target.Digest)
                return new Observation.Failed(TagLook.TakenError(choice, target, found.Digest));
            moves.Add(new TagMove(target.Variant, target.Tag, target.Digest, head.Value?.Digest));
        }
        return new Observation.Done(Proof(choice, new TagMoves(moves)));
    }

    public Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This only looks; the engine never acts here.");

    private static Result<IReadOnlyList<TagTarget>, StepError> Targets(StepContext context)
    {
        CommitSha? commit = null;
        if (context.Inputs.Text("commit") is { } text && !CommitSha.TryParse(text, out commit))
            return new StepError("bad-input", "The input 'commit' cannot be used.", $"'{text}' is no commit.", "Correct the input and resume.");
        var images = ProjectImages.Of(context.Facts, commit);
        if (!images.IsOk)
            return images.Error;
        return ImageInventory.TryParse(context.Inputs.Required("inventory"), out var inventory) && inventory.Images.Count > 0
            ? ProductionTags.Of(context.Facts, images.Value, inventory)
            : new StepError("bad-input", "The input 'inventory' cannot be used.", "It is not what images.inventory or images.push hands on.", "Correct the input and resume.");
    }

    private static Evidence Proof(RegistryChoice choice, TagMoves moves)
    {
        var (moved, made) = (moves.All.Count(move => move.IsMove), moves.All.Count(move => move.Now is null));
        var rest = moves.All.Count - moved - made;
        var say = string.Create(CultureInfo.InvariantCulture, $"{made} new, {moved} moved{(rest > 0 ? $", {rest} there already" : "")}");
        return Evidence.Of(
            new EvidenceItem("moves", EvidenceKind.Text, say),
            new EvidenceItem("tags", EvidenceKind.Tags, moves.ToString(), $"{(choice.Address.Insecure ? "http" : "https")}://{choice.Repository}"));
    }
}
