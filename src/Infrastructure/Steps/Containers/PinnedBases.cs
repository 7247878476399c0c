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
    // A tag on the engine points to one platform at a time: between fetching it and reading its id nobody else may move it.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

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
            var id = await FetchAsync(reference, platform, cancellationToken);
            if (!id.IsOk)
                return id.Error;
            if (!DockerfileReferences.Replace(lines, relation, id.Value))
                return Error("bad-dockerfile", $"Line {relation.Line}: the place of {image.Reference} could not be found. Write the reference in one line.");
            log($"{image.Reference} for {platform} is {id.Value}");
        }
        return string.Join('\n', lines);
    }

    private async Task<Result<string, StepError>> FetchAsync(ImageReference reference, Platform platform, CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (!build.Pull && await FindAsync(reference, platform, cancellationToken) is { } there)
                return there;
            var login = build.Logins.FirstOrDefault(login => login.Server == reference.Repository.Registry);
            var pulled = await engine.PullAsync(reference, platform, login, log, cancellationToken);
            var found = await FindAsync(reference, platform, cancellationToken);
            if (!pulled.IsOk && found is not null)
                log($"{reference.Familiar} could not be asked for: {pulled.Error.Message} The one that the engine has is taken.");
            return found
                ?? (pulled.IsOk
                    ? Error("no-base", $"{reference.Familiar} is not there for {platform}.")
                    : Result<string, StepError>.Failed(ContainerStepErrors.Of(pulled.Error, $"The base image {reference.Familiar} for {platform} could not be fetched.")));
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private async Task<string?> FindAsync(ImageReference reference, Platform platform, CancellationToken cancellationToken)
    {
        var image = await engine.InspectAsync(reference.Familiar, cancellationToken);
        return image is { IsOk: true, Value: { } found } && found.Platform == platform ? found.Id : null;
    }

    private StepError Error(string code, string why) => new(
        code, $"The image {build.Key} cannot be built.", why, "Repair the Dockerfile on the branch, or take the platform out of the project's settings. Then start the release again.");
}
