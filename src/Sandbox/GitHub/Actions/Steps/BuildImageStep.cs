using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.GitHub.Actions.Runs;
using ReleaseDashboard.Sandbox.ImageBuilding;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Steps;

/// <summary>
/// <c>uses: sandbox/build-image</c>: builds a variant of the commit that the workflow runs on and pushes it to the registry before
/// production. Inputs: variant, dockerfile, platforms, repository, tags, latest, version, build-args.
/// </summary>
internal sealed class BuildImageStep(ImageRegistries registries) : IStepWork
{
    public string Uses => "sandbox/build-image";

    public async Task<StepResult> RunAsync(StepWorkContext context, CancellationToken cancellationToken)
    {
        var variant = context.With("variant", "image");
        var version = ImageTags.VersionIn(context.With("version"));
        var build = new ImageVariantBuild(
            variant,
            context.With("dockerfile", $"{variant}.Dockerfile"),
            context.With("repository", context.Repository.FullName.ToLowerInvariant()),
            [.. context.List("platforms", "linux/amd64").Except(context.Job.Plan.LeaveOut).Select(Platform.Parse)],
            ImageTags.Of(context.List("tags", "{version}-{variant} {variant}"), version, variant, context.With("latest")),
            context.List("build-args").Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]),
            version,
            $"https://sandbox.example/{context.Repository.FullName}");
        var lines = new List<string>();
        if (build.Tags.Count == 0)
            return StepResult.Failed(lines, "There is no tag to push: the templates need a version.");
        try
        {
            var files = await BuildContext.ReadAsync(context.Repository.Git, context.Run.HeadSha);
            await build.RunAsync(files, registries.Preproduction, context.Actor, lines.Add, cancellationToken);
            return new StepResult(true, lines);
        }
        catch (InvalidDataException failure)
        {
            return StepResult.Failed(lines, $"buildx failed with: ERROR: {failure.Message}");
        }
    }
}
