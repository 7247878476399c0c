using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Dockerfiles;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Fetches the base images of a build for its platform and names them by id. Left to itself the engine's builder takes whatever it has under
/// a tag, of another platform too, and the build fails later or makes an image of the wrong platform.
/// </summary>
internal sealed class PinnedBases(EngineClient engine, ImageBuild build, Action<string> log)
{
    /// <summary>The Dockerfile with the id of an image in the place of every name of one.</summary>
    public async Task<Result<string, StepError>> PinAsync(CancellationToken cancellationToken)
    {
        var file = Dockerfile.Read(build.Dockerfile, new BuildSetting(build.Key.Platform, build.Machine, build.Variant.Arguments));
        if (file.StageOf(build.Variant.Target) is not { } target)
            return Error("no-target", $"There is no stage {build.Variant.Target} in {build.Variant.Dockerfile}.");
        var needed = file.NeededFor(target);
        var lines = build.Dockerfile.Split('\n');
        foreach (var relation in file.Stages.Where(stage => needed.Contains(stage.Index)).SelectMany(stage => stage.Relations))
        {
            if (relation is { Kind: RelationKind.From, Source: StageSource.Scratch } && build.Key.Platform != build.Machine)
            {
                var nothing = await ScratchBase.PutAsync(engine, build.Key.Platform, cancellationToken);
                if (!nothing.IsOk)
                    return ContainerStepErrors.Of(nothing.Error, $"The image {build.Key} cannot be built.");
                if (!DockerfileReferences.Replace(lines, relation, nothing.Value))
                    return Error("bad-dockerfile", $"Line {relation.Line}: the place of scratch could not be found. Write FROM scratch in one line.");
            }
            if (relation.Source is not StageSource.Image image || ContentDigest.TryParse(image.Reference, out _))
                continue;
            if (!ImageReference.TryParse(image.Reference, out var reference, out var fault))
                return Error("bad-dockerfile", $"Line {relation.Line}: {fault}");
            var platform = Platform.TryParse(image.Platform, out var other, out _) ? other : build.Key.Platform;
            var id = await new BaseImages(engine, build, log).FetchAsync(reference, platform, cancellationToken);
            if (!id.IsOk)
                return id.Error;
            if (!DockerfileReferences.Replace(lines, relation, id.Value))
                return Error("bad-dockerfile", $"Line {relation.Line}: the place of {image.Reference} could not be found. Write the reference in one line.");
            log($"{image.Reference} for {platform} is {id.Value}");
        }
        return string.Join('\n', lines);
    }

    private StepError Error(string code, string why) => new(
        code, $"The image {build.Key} cannot be built.", why, "Repair the Dockerfile on the branch, or take the platform out of the project's settings. Then start the release again.");
}
