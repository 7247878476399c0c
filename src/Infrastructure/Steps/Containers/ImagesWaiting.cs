using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>How steps that only look at registries wait.</summary>
internal static class ImagesWaiting
{
    /// <summary>First pause; the engine makes it longer.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);

    public static Observation For(string reason, Evidence seen) => new Observation.Waiting(reason, FirstPause, seen);

    /// <summary>A registry that is away for a moment is waited for, until the step's timeout; one that refuses is not.</summary>
    public static Observation Unseen(RegistryError error, string what) => error.IsPassing
        ? new Observation.Waiting($"{what} {error}", error.RetryAfter ?? FirstPause, Evidence.None)
        : new Observation.Failed(ContainerStepErrors.Of(error, what));
}
