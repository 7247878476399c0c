using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Copying;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Copies the approved images from the preproduction to the production registry, by digest and with every platform: the bytes that
/// were tried and approved, and no others. A tag that has moved in preproduction since stops it, because somebody else is at work there.
/// </summary>
internal sealed class ImagesPromoteStep(RegistryClients registries, TimeProvider time) : IStep
{
    public StepKindDescription Description { get; } = new("images.promote", "Copies the approved images to production", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("inventory", ValueKind.Text, "The approved images, as images.inventory or images.push hands them on", Required: true),
            new InputDescription("commit", ValueKind.Text, "The commit they were built from, for tags that name it"),
            new InputDescription("tags", ValueKind.Text, "The approved tags, as images.tags hands them on: one that somebody else has moved since stops it"),
        ],
        Outputs = [new OutputDescription("inventory", ValueKind.Text, "Every tag in production with its digest and platforms")],
        Permanent = true,
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return Task.FromResult(StepPlan.Empty with { Note = images.Error.Why });
        var (from, to) = (RegistryChoice.Of(false, images.Value.Settings), RegistryChoice.Of(true, images.Value.Settings));
        var tags = images.Value.Tags.Variants.SelectMany(variant => variant.Tags).ToList();
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, "the approval names the same digests", "approved"),
                .. images.Value.Tags.Variants.SelectMany(variant => variant.Tags.Take(1)).Select(tag => new PlanLine(PlanPhase.Check, $"HEAD {from.ManifestAddress(tag.Value)}", "the approved digest")),
                .. tags.Select(tag => new PlanLine(PlanPhase.Check, $"HEAD {to.ManifestAddress(tag.Value)}", tag.Value.Contains(context.Facts.Version.ToString(), StringComparison.Ordinal) ? "404, or the same digest" : null)),
                .. tags.Select(tag => new PlanLine(PlanPhase.Act, $"copy {from.Repository}@sha256:… to {to.Repository}:{tag}", "the same digest")),
                .. tags.Select(tag => new PlanLine(PlanPhase.Verify, $"GET {to.ManifestAddress(tag.Value)}", "the approved digest, with all platforms")),
            ],
            []) { Environment = ["Authorization: ••••"] });
    }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var work = Prepare(context);
        if (!work.IsOk)
            return new Observation.Failed(work.Error);
        var target = await work.Value.To.OpenAsync(context, registries, cancellationToken);
        var seen = await TagLook.LookAsync(work.Value.To, target, work.Value.Targets, cancellationToken);
        if (seen is not Observation.NotDone)
            return seen;
        var source = await work.Value.From.OpenAsync(context, registries, cancellationToken);
        return await MovedTags.FindAsync(work.Value.From, source, work.Value.Approved, cancellationToken)
            ?? await work.Value.Tags.FindAsync(work.Value.To, target, work.Value.Targets, cancellationToken)
            ?? seen;
    }

    // Where tags pointed before is known only while acting.
    public async Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken)
    {
        var seen = await ObserveAsync(context, cancellationToken);
        return seen is Observation.Done done ? new Observation.Done(done.Evidence.With(acted.Items)) : seen;
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        // Asked again, though observing asked: this is the last moment before what users pull.
        var work = Prepare(context);
        if (!work.IsOk)
            return new ActResult.Failed(work.Error);
        var source = await work.Value.From.OpenAsync(context, registries, cancellationToken);
        var target = await work.Value.To.OpenAsync(context, registries, cancellationToken);
        switch (await MovedTags.FindAsync(work.Value.From, source, work.Value.Approved, cancellationToken))
        {
            case Observation.Different moved:
                return new ActResult.Failed(moved.Error);
            case Observation.Unknown unknown:
                return new ActResult.Failed(unknown.Error);
            case Observation.Failed failed:
                return new ActResult.Failed(failed.Error);
        }
        var copy = new ImageCopy(source, target);
        var digests = work.Value.Targets.Select(tag => tag.Digest).Distinct().ToList();
        foreach (var digest in digests)
        {
            var names = string.Join(", ", work.Value.Targets.Where(tag => tag.Digest == digest).Select(tag => tag.Variant).Distinct());
            var copied = await copy.CopyAsync(digest, [], new CopyLog(context.Log, names, time), cancellationToken);
            if (!copied.IsOk)
                return ContainerStepErrors.Written(copied.Error, $"The image {digest} could not be copied to {work.Value.To.Title}.");
            context.Log.Write($"{names} {digest}: {CopyLog.Megabytes(copied.Value.Size)} MB, {copied.Value.Manifests} manifests, {copied.Value.BlobsSent} blobs sent, {copied.Value.BlobsMounted} mounted, {copied.Value.BlobsPresent} there already");
        }
        // Tags last, and only when every image is there.
        var before = new List<EvidenceItem>();
        foreach (var tag in work.Value.Targets)
        {
            if (await TagAsync(context, work.Value, target, copy, tag, before, cancellationToken) is { } failed)
                return failed;
        }
        return new ActResult.Acted(new Evidence(before));
    }

    private static async Task<ActResult?> TagAsync(
        StepContext context, Promotion work, RegistryRepository target, ImageCopy copy, TagTarget tag, List<EvidenceItem> before, CancellationToken cancellationToken)
    {
        var choice = work.To;
        var head = await target.HeadAsync(tag.Tag, cancellationToken);
        var root = await target.ManifestAsync(tag.Digest, cancellationToken);
        if (!head.IsOk || !root.IsOk)
            return new ActResult.Failed(ContainerStepErrors.Of((head.Error ?? root.Error)!, $"{tag.Tag} in {choice.Title} cannot be looked at."));
        if (head.Value?.Digest == tag.Digest)
            return null;
        if (head.Value is { } found && tag.IsVersion)
            return new ActResult.Failed(TagLook.TakenError(choice, tag, found.Digest));
        if (work.Tags.Fault(choice, tag, head.Value?.Digest) is { } moved)
            return new ActResult.Failed(moved);
        if (root.Value is null)
            return new ActResult.AnswerLost(new StepError("not-copied", $"{tag.Digest} is not in {choice.Title}.", "It was copied, and is not there.", "See what removes images there, then retry."));
        if (await copy.TagAsync(root.Value, tag.Tag, cancellationToken) is { } error)
            return ContainerStepErrors.Written(error, $"The tag {tag.Tag} could not be put into {choice.Title}.");
        if (head.Value is { } old)
            before.Add(new EvidenceItem($"before: {tag.Tag}", EvidenceKind.Digest, old.Digest.Value));
        context.Log.Write($"{choice.Repository}:{tag.Tag} -> {tag.Digest}{(head.Value is { } left ? $", before {left.Digest}" : "")}");
        return null;
    }

    private static Result<Promotion, StepError> Prepare(StepContext context)
    {
        var commit = context.Inputs.Text("commit");
        if (commit is not null && !CommitSha.TryParse(commit, out _))
            return new StepError("bad-input", "The input 'commit' cannot be used.", $"'{commit}' is no commit.", "Correct the input and resume.");
        var images = ProjectImages.Of(context.Facts, commit is null ? null : CommitSha.Parse(commit));
        if (!images.IsOk)
            return images.Error;
        var text = context.Inputs.Required("inventory");
        if (!ImageInventory.TryParse(text, out var inventory) || inventory.Images.Count == 0)
            return new StepError("bad-input", "The input 'inventory' cannot be used.", "It is not what images.inventory or images.push hands on.", "Correct the input and resume.");
        var tags = ApprovedTags.Of(context.Inputs.Text("tags"));
        if (!tags.IsOk)
            return tags.Error;
        if (ImagesApproval.Missing(context, text, context.Inputs.Text("tags")) is { } missing)
            return missing;
        var targets = ProductionTags.Of(context.Facts, images.Value, inventory);
        if (!targets.IsOk)
            return targets.Error;
        return new Promotion(RegistryChoice.Of(false, images.Value.Settings), RegistryChoice.Of(true, images.Value.Settings), inventory, targets.Value, tags.Value);
    }

    private sealed record Promotion(RegistryChoice From, RegistryChoice To, ImageInventory Approved, IReadOnlyList<TagTarget> Targets, ApprovedTags Tags);
}
