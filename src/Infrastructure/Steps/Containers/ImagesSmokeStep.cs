using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Playbooks;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;
using ReleaseDashboard.Infrastructure.Steps.Workspaces;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Pulls each variant back by its digest and runs it once, without a network, with the project's sample configuration.</summary>
internal sealed class ImagesSmokeStep(ReleaseWorkspaces workspaces, EngineClient engine, TimeProvider time) : IStep
{
    /// <summary>Longest run of one container.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    public StepKindDescription Description { get; } = new("images.smoke", "Runs each image once", StepEffect.Local)
    {
        Inputs =
        [
            RegistryChoice.Input,
            new InputDescription("inventory", ValueKind.Text, "The images to run, as they were pushed", Required: true),
            new InputDescription("commit", ValueKind.Text, "The commit whose sample folder is mounted", Required: true),
            new InputDescription("all_platforms", ValueKind.Flag, "Whether images of other platforms are run too, which takes emulation", Default: new InputValue.Flag(false)),
        ],
        Outputs = [new OutputDescription("smoke", ValueKind.Text, "One sentence for people")],
    };

    // That an image runs is seen nowhere outside, so it runs again after a crash: it changes nothing.
    public Task<Observation> ObserveAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult<Observation>(new Observation.NotDone());

    public Task<StepPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken)
    {
        var images = ProjectImages.Of(context.Facts, null);
        if (!images.IsOk)
            return Task.FromResult(StepPlan.Empty with { Note = images.Error.Why });
        var choice = RegistryChoice.Of(context.Inputs, images.Value.Settings);
        return Task.FromResult(new StepPlan(
            [
                .. images.Value.Settings.Variants.Where(variant => variant.SmokeCommand.Count > 0).SelectMany(variant => new[]
                {
                    new PlanLine(PlanPhase.Act, $"POST {engine.Address} /images/create?fromImage={choice.Repository}&tag=sha256:…", $"the image of {variant.Name}"),
                    new PlanLine(PlanPhase.Act,
                        "$ " + Processes.CommandText.Display("docker", ["run", "--rm", "--network", "none", .. variant.SmokeFolder is { } folder ? new[] { "-v", $"{folder}:{variant.SmokeMount}:ro" } : [], $"{choice.Repository}@sha256:…", .. variant.SmokeCommand]),
                        variant.SmokeShowsVersion ? $"exit code 0, and {context.Facts.Version} in the output" : "exit code 0"),
                }),
            ],
            []) { Note = "The containers have no network and can write nowhere but in themselves. They are removed afterwards." });
    }

    public async Task<ActResult> ActAsync(StepContext context, CancellationToken cancellationToken)
    {
        var commit = GitInputs.Commit(context.Inputs, "commit");
        var images = ProjectImages.Of(context.Facts, commit.IsOk ? commit.Value : null);
        if (!commit.IsOk || !images.IsOk)
            return new ActResult.Failed((commit.Error ?? images.Error)!);
        if (!ImageInventory.TryParse(context.Inputs.Required("inventory"), out var inventory))
            return new ActResult.Failed(new StepError("bad-input", "The input 'inventory' cannot be used.", "It is not what images.push hands on.", "Correct the input and resume."));
        var workspace = await workspaces.AtAsync(context, cancellationToken);
        var checkout = workspace.IsOk ? await workspace.Value.CheckoutAsync(commit.Value, cancellationToken) : workspace.Error;
        if (!checkout.IsOk)
            return new ActResult.Failed(checkout.Error);
        var version = await engine.VersionAsync(cancellationToken);
        if (!version.IsOk)
            return new ActResult.Failed(ContainerStepErrors.Of(version.Error, "The images cannot be run."));
        var choice = RegistryChoice.Of(context.Inputs, images.Value.Settings);
        var smoke = new ImageSmoke(context, engine, choice, await choice.LoginAsync(context, cancellationToken), checkout.Value.Path, Limit, time);
        return await RunAsync(context, images.Value, inventory, smoke, Platform.Of(version.Value.Os, version.Value.Arch, null), cancellationToken);
    }

    public Task<Observation> VerifyAsync(StepContext context, Evidence acted, CancellationToken cancellationToken) =>
        Task.FromResult<Observation>(acted.Items.Count > 0 ? new Observation.Done(acted) : new Observation.NotDone());

    private static async Task<ActResult> RunAsync(
        StepContext context, ProjectImages images, ImageInventory inventory, ImageSmoke smoke, Platform machine, CancellationToken cancellationToken)
    {
        var proofs = new List<EvidenceItem>();
        foreach (var variant in images.Settings.Variants.Where(variant => variant.SmokeCommand.Count > 0))
        {
            if (inventory.Images.FirstOrDefault(image => image.Variant == variant.Name) is not { } pushed)
                return new ActResult.Failed(new StepError("not-pushed", $"{variant.Name} was not pushed.", "The inventory does not hold it.", "Push it first, or correct the input."));
            var own = pushed.Platforms.Where(image => image.Platform == machine).ToList();
            foreach (var image in context.Inputs.Flag("all_platforms") || own.Count == 0 ? pushed.Platforms : own)
            {
                var proof = await smoke.RunAsync(variant, image, cancellationToken);
                if (!proof.IsOk)
                    return new ActResult.Failed(proof.Error);
                proofs.Add(proof.Value);
            }
        }
        return proofs.Count == 0
            ? new ActResult.Failed(new StepError("no-smoke-command", "No image says how it is run.", "No variant has a smoke command.", "Give the variants one in the project's settings, or take the step out of the playbook."))
            : new ActResult.Acted(Evidence.Of([new EvidenceItem("smoke", EvidenceKind.Check, $"{proofs.Count} images ran"), .. proofs]));
    }
}
