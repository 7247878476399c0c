using System.Globalization;
using ReleaseDashboard.Core.Git;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Takes away what only the release needed: its images on the worker's engine, and the tags of single platforms in preproduction. The images
/// that were published stay in both registries.
/// </summary>
internal sealed class ImagesCleanStep(EngineClient engine, RegistryClients registries) : IStep
{
    public StepKindDescription Description { get; } = new("images.clean", "Removes what building the images left behind", StepEffect.Outside)
    {
        Inputs = [new InputDescription("commit", ValueKind.Text, "The commit they were built from", Required: true)],
        Outputs = [new OutputDescription("cleaned", ValueKind.Text, "One sentence for people")],
    };

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return Task.FromResult(StepPlan.Empty with { Note = images.Error.Why });
        var choice = RegistryChoice.Of(isProduction: false, images.Value.Settings);
        return Task.FromResult(new StepPlan(
            [
                .. images.Value.Keys.Select(key => new PlanLine(PlanPhase.Act, $"DELETE {engine.Address} /images/release-dashboard/…:{key.Variant}-{key.PlatformName}")),
                .. images.Value.Keys.Select(key => new PlanLine(PlanPhase.Act, $"DELETE {choice.ManifestAddress($"{context.Facts.Version}-{key.Variant}-{key.PlatformName}-…")}", "the tag alone; the image stays")),
            ],
            []) { Note = "Many registries delete no single tags. Then they stay: nobody pulls by them." });
    }

    public async Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken)
    {
        var work = await PrepareAsync(context, cancellationToken);
        if (!work.IsOk)
            return new Observation.Failed(work.Error);
        foreach (var key in work.Value.Images.Keys)
        {
            var image = await engine.InspectAsync(LocalImages.NameOf(context.Facts, key).Familiar, cancellationToken);
            if (!image.IsOk)
                return ContainerStepErrors.Seen(image.Error, "The images on the worker cannot be looked at.");
            var head = await work.Value.Staging.HeadAsync(LocalImages.StagingTag(context.Facts, work.Value.Commit, key), cancellationToken);
            if (!head.IsOk)
                return ContainerStepErrors.Seen(head.Error, "The preproduction registry cannot be looked at.");
            if (image.Value is not null || head.Value is not null)
                return new Observation.NotDone();
        }
        return new Observation.Done(Evidence.Of(new EvidenceItem("cleaned", EvidenceKind.Text, "Nothing is left of the build.")));
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var work = await PrepareAsync(context, cancellationToken);
        if (!work.IsOk)
            return new ActResult.Failed(work.Error);
        var removed = 0;
        foreach (var key in work.Value.Images.Keys)
        {
            var name = LocalImages.NameOf(context.Facts, key).Familiar;
            var gone = await engine.RemoveImageAsync(name, force: false, cancellationToken);
            if (!gone.IsOk && gone.Error.Kind != EngineFailure.NotFound)
                return new ActResult.Failed(ContainerStepErrors.Of(gone.Error, $"The image {key} could not be removed from the engine."));
            removed += gone.IsOk ? 1 : 0;
            context.Log.Write(gone.IsOk ? $"{name} is removed" : $"{name} is not there");
        }
        var tags = await new StagingTags(work.Value.Staging, context.Log).RemoveAsync([.. work.Value.Images.Keys.Select(key => LocalImages.StagingTag(context.Facts, work.Value.Commit, key))], cancellationToken);
        return tags.IsOk
            ? new ActResult.Acted(Evidence.Of(new EvidenceItem("cleaned", EvidenceKind.Text, string.Create(CultureInfo.InvariantCulture, $"{removed} images removed from the engine; {tags.Value}"))))
            : ContainerStepErrors.Written(tags.Error, "The tags of single platforms could not be removed.");
    }

    // Tags that a registry does not delete stay, and that is no failure: only the images on the engine must be gone.
    public async Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken)
    {
        var work = await PrepareAsync(context, cancellationToken);
        if (!work.IsOk)
            return new Observation.Failed(work.Error);
        foreach (var key in work.Value.Images.Keys)
        {
            var image = await engine.InspectAsync(LocalImages.NameOf(context.Facts, key).Familiar, cancellationToken);
            if (!image.IsOk)
                return ContainerStepErrors.Seen(image.Error, "The images on the worker cannot be looked at.");
            if (image.Value is not null)
                return new Observation.NotDone();
        }
        return new Observation.Done(acted);
    }

    private async Task<Result<Work, StepError>> PrepareAsync(StepContext context, CancellationToken cancellationToken)
    {
        var commit = GitInputs.Commit(context.Inputs, "commit");
        if (!commit.IsOk)
            return commit.Error;
        var images = ProjectImages.Of(context.Facts, commit.Value);
        return images.IsOk
            ? new Work(images.Value, commit.Value.Value, await RegistryChoice.Of(isProduction: false, images.Value.Settings).OpenAsync(context, registries, cancellationToken))
            : images.Error;
    }

    private sealed record Work(ProjectImages Images, string Commit, RegistryRepository Staging);
}
