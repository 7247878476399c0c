using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Brings the built images of one release into a registry.</summary>
internal sealed class ImagePush(
    StepContext context, EngineClient engine, ProjectImages images, BuiltImages built, string commit, RegistryChoice choice, RegistryRepository repository)
{
    private readonly StagedImages staged = new(context.Facts, commit, choice, repository);

    public RegistryChoice Choice => choice;

    public RegistryRepository Repository => repository;

    /// <summary>What every tag has to point to, more specific first; null as long as an image is not in the registry.</summary>
    public async Task<Result<IReadOnlyList<TagTarget>?, StepError>> TargetsAsync(CancellationToken cancellationToken) =>
        (await staged.RootsAsync(images, built, cancellationToken)).Map(roots => roots is null ? null : Targets(roots));

    public async Task<ActResult> ActAsync(CancellationToken cancellationToken)
    {
        // Asked before anything is sent: a version that is taken needs no gigabytes to be found out.
        if (await TakenAsync(cancellationToken) is { } taken)
            return new ActResult.Failed(taken);
        var login = await choice.LoginAsync(context, cancellationToken);
        foreach (var image in built.Images)
        {
            if (await PushAsync(image, login, cancellationToken) is { } failed)
                return failed;
        }
        var roots = await staged.RootsAsync(images, built, cancellationToken);
        if (!roots.IsOk)
            return new ActResult.Failed(roots.Error);
        if (roots.Value is null)
            return new ActResult.AnswerLost(new StepError("not-pushed", "An image that was pushed is not in the registry.", "Its tag points to another image, or to none.", "See who else pushes there, then retry."));
        foreach (var root in roots.Value.Values.Where(root => root.IsIndex))
        {
            if (await repository.PutAsync(root, cancellationToken) is { } error)
                return ContainerStepErrors.Written(error, $"The index {root.Digest} could not be put into {choice.Title}.");
        }
        return await TagAsync(Targets(roots.Value), roots.Value, cancellationToken);
    }

    private IReadOnlyList<TagTarget> Targets(IReadOnlyDictionary<string, RegistryManifest> roots) =>
    [
        .. images.Tags.Variants.SelectMany(variant => variant.Tags.Select(tag => new TagTarget(variant.Variant, tag, roots[variant.Variant].Digest, IsVersion(tag)))),
    ];

    private bool IsVersion(ImageTag tag) => tag.Value.Contains(context.Facts.Version.ToString(), StringComparison.Ordinal);

    // A tag of this version may be there only when our own images are there too: then the targets are known, and compared.
    private async Task<StepError?> TakenAsync(CancellationToken cancellationToken)
    {
        var targets = await TargetsAsync(cancellationToken);
        if (!targets.IsOk || targets.Value is not null)
            return targets.Error;
        foreach (var tag in images.Tags.Variants.SelectMany(variant => variant.Tags).Where(IsVersion))
        {
            var head = await repository.HeadAsync(tag, cancellationToken);
            if (!head.IsOk)
                return ContainerStepErrors.Of(head.Error, $"{tag} in {choice.Title} cannot be looked at.");
            if (head.Value is { } found)
            {
                return new StepError(
                    "tag-taken", $"{choice.Repository}:{tag} is there already.", $"It points to {found.Digest}, which holds other images than those of this release.",
                    "A version's tag is never moved. Find out who pushed it; delete the tag if it is wrong and retry, or release under the next version.");
            }
        }
        return null;
    }

    private async Task<ActResult?> PushAsync(BuiltImage image, EngineLogin? login, CancellationToken cancellationToken)
    {
        var there = await staged.FindAsync(image, cancellationToken);
        if (!there.IsOk)
            return new ActResult.Failed(there.Error);
        if (there.Value is not null)
        {
            Write(image.Key, $"is there already: {there.Value.Digest}");
            return null;
        }
        var tag = staged.TagOf(image.Key);
        var tagged = await engine.TagAsync(image.Id.Value, choice.Repository, tag, cancellationToken);
        if (!tagged.IsOk)
        {
            return new ActResult.Failed(tagged.Error.Kind == EngineFailure.NotFound
                ? new StepError("image-missing", $"The image {image.Key} is not on this worker's engine.", tagged.Error.Message,
                    "Start the worker that built it. It is not built again by itself, because that could make another image than the one that was checked: abort and start again instead.")
                : ContainerStepErrors.Of(tagged.Error, $"The image {image.Key} could not be named."));
        }
        var pushed = await engine.PushAsync(choice.Repository, tag, login, line => Write(image.Key, line), cancellationToken);
        if (!pushed.IsOk)
        {
            var error = ContainerStepErrors.Of(pushed.Error, $"The image {image.Key} could not be pushed to {choice.Title}.");
            return pushed.Error.Kind == EngineFailure.AnswerLost ? new ActResult.AnswerLost(error) : new ActResult.Failed(error);
        }
        Write(image.Key, $"pushed: {pushed.Value.Digest}");
        // The registry holds it now; the engine's second name for it would only keep it from being pruned.
        var named = await engine.RemoveImageAsync($"{choice.Repository.Familiar}:{tag}", force: false, cancellationToken);
        if (!named.IsOk)
            Write(image.Key, $"its name {tag} stays on the engine: {named.Error.Message}");
        return null;
    }

    private async Task<ActResult> TagAsync(IReadOnlyList<TagTarget> targets, IReadOnlyDictionary<string, RegistryManifest> roots, CancellationToken cancellationToken)
    {
        foreach (var target in targets)
        {
            // The registry knows no "only if it is not there", so this look is the last moment.
            var head = await repository.HeadAsync(target.Tag, cancellationToken);
            if (!head.IsOk)
                return new ActResult.Failed(ContainerStepErrors.Of(head.Error, $"{target.Tag} in {choice.Title} cannot be looked at."));
            if (head.Value?.Digest == target.Digest)
                continue;
            if (head.Value is { } found && target.IsVersion)
                return new ActResult.Failed(TagLook.TakenError(choice, target, found.Digest));
            if (await repository.TagAsync(roots[target.Variant], target.Tag, cancellationToken) is { } error)
                return ContainerStepErrors.Written(error, $"The tag {target.Tag} could not be put into {choice.Title}.");
            context.Log.Write($"{choice.Repository}:{target.Tag} -> {target.Digest}");
        }
        return new ActResult.Acted();
    }

    private void Write(ImageKey key, string line) => context.Log.Write($"[{key}] {line}");
}
