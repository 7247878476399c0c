using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Fetches images of registries for the platform of a build.</summary>
internal sealed class BaseImages(EngineClient engine, ImageBuild build, Action<string> log)
{
    // A tag on the engine points to one platform at a time: between fetching it and reading its id nobody else may move it.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <returns>Its id on the engine.</returns>
    public async Task<Result<string, StepError>> FetchAsync(ImageReference reference, Platform platform, CancellationToken cancellationToken)
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
                    ? new StepError(
                        "no-base", $"The image {build.Key} cannot be built.", $"{reference.Familiar} is not there for {platform}.",
                        "Repair the Dockerfile on the branch, or take the platform out of the project's settings. Then start the release again.")
                    : Result<string, StepError>.Failed(ContainerStepErrors.Of(pulled.Error, $"The image {reference.Familiar} for {platform} could not be fetched.")));
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
}
