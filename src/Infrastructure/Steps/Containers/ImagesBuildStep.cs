using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Builds every variant for every platform on the worker's engine, from a clean checkout of one commit: one that is built on
/// another after it, the others at once.
/// </summary>
internal sealed class ImagesBuildStep(ReleaseWorkspaces workspaces, EngineClient engine, ImageBuilders builders) : IStep
{
    public StepKindDescription Description { get; } = new("images.build", "Builds the images from a clean checkout", StepEffect.Local)
    {
        Inputs =
        [
            new InputDescription("commit", ValueKind.Text, "The commit to build", Required: true),
            new InputDescription("cache", ValueKind.Flag, "Whether layers that were built before may be taken", Default: new InputValue.Flag(true)),
            new InputDescription("pull", ValueKind.Flag, "Whether registries are asked for newer base images", Default: new InputValue.Flag(true)),
            .. PackageFiles.Inputs,
            ImageBuilders.Input,
        ],
        Outputs =
        [
            new OutputDescription("built", ValueKind.Text, "Every image with its id, for the step that pushes them"),
            new OutputDescription("commit", ValueKind.Text, "The commit they were built from"),
        ],
    };

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var commit = GitInputs.Commit(context.Inputs, "commit");
        if (!commit.IsOk)
            return new Observation.Failed(commit.Error);
        var images = ProjectImages.Of(context.Facts, commit.Value);
        if (!images.IsOk)
            return new Observation.Failed(images.Error);
        var found = new List<BuiltImage>();
        foreach (var key in images.Value.Keys)
        {
            var image = await engine.InspectAsync(LocalImages.NameOf(context.Facts, key).Familiar, cancellationToken);
            if (!image.IsOk)
                return ContainerStepErrors.Seen(image.Error, "The images on the worker cannot be looked at.");
            if (image.Value is null || !LocalImages.IsOf(image.Value, context.Facts, commit.Value.Value, key))
                return new Observation.NotDone();
            found.Add(new BuiltImage(key, ContentDigest.Parse(image.Value.Id), image.Value.Size));
        }
        return new Observation.Done(Proof(new BuiltImages(found), commit.Value));
    }

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var commit = context.Inputs.Required("commit");
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return Task.FromResult(StepPlan.Empty with { Note = images.Error.Why });
        var files = context.Checkout is { } checkout ? VariantFiles.Read(checkout, images.Value) : null;
        IEnumerable<ImageKey> keys = files is { IsOk: true } ? files.Value.Groups(images.Value).SelectMany(group => group) : images.Value.Keys;
        var builder = builders.Planned(context.Inputs);
        var builds = keys.Select(key => new ImageBuild(
            key, images.Value.Variant(key.Variant), "", images.Value.Variant(key.Variant).Context, context.Facts.StartedAt, LocalImages.NameOf(context.Facts, key),
            ImageLabels.Of(context.Facts, commit), Platform.LinuxAmd64, context.Inputs.Flag("cache")));
        return Task.FromResult(new StepPlan(
            [
                new PlanLine(PlanPhase.Check, $"GET {engine.Address} /images/…/json", "not built from this commit yet"),
                new PlanLine(PlanPhase.Act, $"$ git worktree add --detach -- build {commit}"),
                .. PackageFiles.Shown(context.Inputs).Select(path => new PlanLine(PlanPhase.Act, $"write {path} of the package's build into the checkout")),
                .. builds.Select(build => new PlanLine(PlanPhase.Act, builder.Shown(build), $"an image for {build.Key.Platform}")),
                new PlanLine(PlanPhase.Verify, $"GET {engine.Address} /images/…/json", "each with its platform, version and commit"),
            ],
            [])
        {
            Note = files is { IsOk: false } ? $"{files.Error.What} {files.Error.Why}" : "In this order where one is built on another, the others at once. docker buildx is used instead where it is installed and the step may choose.",
        });
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var commit = GitInputs.Commit(context.Inputs, "commit");
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        if (!commit.IsOk || !workspace.IsOk)
            return new ActResult.Failed((commit.Error ?? workspace.Error)!);
        var images = ProjectImages.Of(context.Facts, commit.Value);
        if (!images.IsOk)
            return new ActResult.Failed(images.Error);
        var checkout = await workspace.Value.CheckoutAsync(commit.Value, cancellationToken);
        if (!checkout.IsOk)
            return new ActResult.Failed(checkout.Error);
        if (PackageFiles.Place(context, checkout.Value.Path) is { } missing)
            return new ActResult.Failed(missing);
        var files = VariantFiles.Read(checkout.Value.Path, images.Value);
        if (!files.IsOk)
            return new ActResult.Failed(files.Error);
        var builder = await builders.ChooseAsync(context, cancellationToken);
        if (!builder.IsOk)
            return new ActResult.Failed(builder.Error);
        var run = new ImageBuildRun(context, engine, builder.Value, images.Value, files.Value, checkout.Value.Path, commit.Value.Value);
        return await run.RunAsync(cancellationToken) is { } error ? new ActResult.Failed(error) : new ActResult.Acted();
    }

    public async Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken) =>
        await ObserveAsync(context, cancellationToken) is var seen and not Observation.NotDone ? seen : new Observation.Failed(new StepError(
            "not-as-built", "An image is not what was built.", "After building, the engine has another image under its name, or none with this version and commit.",
            "See whether something else on the worker's engine removes or renames images, then retry."));

    private static Evidence Proof(BuiltImages built, CommitSha commit) => Evidence.Of(
    [
        new EvidenceItem("images", EvidenceKind.Text, $"{built.Images.Count} images of {built.Images.Select(image => image.Key.Variant).Distinct().Count()} variants"),
        new EvidenceItem("commit", EvidenceKind.Commit, commit.Value),
        .. built.Images.Select(image => new EvidenceItem($"image: {image.Key}", EvidenceKind.Digest, image.Id.Value)),
        new EvidenceItem("unpacked", EvidenceKind.Text, built.Images.Sum(image => image.Size).ToString(CultureInfo.InvariantCulture)),
        new EvidenceItem("built", EvidenceKind.Text, built.ToString()),
    ]);
}
