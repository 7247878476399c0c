using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Pushes the images that were built, each platform's by itself, then one index for each variant, then the tags, the most specific
/// first. Until the tags are there, nobody pulls anything of it.
/// </summary>
internal sealed class ImagesPushStep(EngineClient engine, RegistryClients registries) : IStep
{
    public StepKindDescription Description { get; } = new("images.push", "Pushes the built images", StepEffect.Outside)
    {
        Inputs =
        [
            new InputDescription("built", ValueKind.Text, "The images to push, as the build hands them on", Required: true),
            new InputDescription("commit", ValueKind.Text, "The commit they were built from", Required: true),
        ],
        Outputs = [new OutputDescription("inventory", ValueKind.Text, "Every tag with its digest and platforms")],
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return Task.FromResult(StepPlan.Empty with { Note = images.Error.Why });
        var choice = RegistryChoice.Of(isProduction: false, images.Value.Settings);
        var tags = images.Value.Tags.Variants.SelectMany(variant => variant.Tags).ToList();
        return Task.FromResult(new StepPlan(
            [
                .. tags.Select(tag => new PlanLine(PlanPhase.Check, $"HEAD {choice.ManifestAddress(tag.Value)}", tag.Value.Contains(context.Facts.Version.ToString(), StringComparison.Ordinal) ? "404, or the same digest" : null)),
                .. images.Value.Keys.Select(key => new PlanLine(PlanPhase.Act, $"POST {engine.Address} /images/{choice.Repository}/push?tag={context.Facts.Version}-{key.Variant}-{key.PlatformName}-…", "the digest of its manifest")),
                .. images.Value.Variants.Where(variant => variant.Platforms.Count > 1).Select(variant => new PlanLine(PlanPhase.Act, $"PUT {choice.ManifestAddress("sha256:…")}", $"an index of {string.Join(", ", variant.Platforms)}")),
                .. tags.Select(tag => new PlanLine(PlanPhase.Act, $"PUT {choice.ManifestAddress(tag.Value)}")),
                .. tags.Select(tag => new PlanLine(PlanPhase.Verify, $"GET {choice.ManifestAddress(tag.Value)}", "the digest that was put there, with all platforms")),
            ],
            []) { Environment = ["X-Registry-Auth: ••••"] });
    }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var work = await PrepareAsync(context, cancellationToken);
        if (!work.IsOk)
            return new Observation.Failed(work.Error);
        var targets = await work.Value.TargetsAsync(cancellationToken);
        if (!targets.IsOk)
            return targets.Error.Code is "unreachable" or "rate-limit" ? new Observation.Unknown(targets.Error) : new Observation.Failed(targets.Error);
        return targets.Value is { } known
            ? await TagLook.LookAsync(work.Value.Choice, work.Value.Repository, known, cancellationToken)
            : new Observation.NotDone();
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var work = await PrepareAsync(context, cancellationToken);
        return work.IsOk ? await work.Value.ActAsync(cancellationToken) : new ActResult.Failed(work.Error);
    }

    private async Task<Result<ImagePush, StepError>> PrepareAsync(StepContext context, CancellationToken cancellationToken)
    {
        var commit = GitInputs.Commit(context.Inputs, "commit");
        if (!commit.IsOk)
            return commit.Error;
        var images = ProjectImages.Of(context.Facts, commit.Value);
        if (!images.IsOk)
            return images.Error;
        if (!BuiltImages.TryParse(context.Inputs.Required("built"), out var built))
            return new StepError("bad-input", "The input 'built' cannot be used.", "It is not what images.build hands on.", "Correct the input and resume.");
        var choice = RegistryChoice.Of(isProduction: false, images.Value.Settings);
        var repository = await choice.OpenAsync(context, registries, cancellationToken);
        return new ImagePush(context, engine, images.Value, built, commit.Value.Value, choice, repository);
    }
}
