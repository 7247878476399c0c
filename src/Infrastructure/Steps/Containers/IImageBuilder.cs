using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Builds an image so that the worker's engine has it under its name.</summary>
internal interface IImageBuilder
{
    /// <summary>How the builder names an image of the engine inside a Dockerfile.</summary>
    string Reference(ImageReference name, ImageDetails image);

    /// <returns>Why it failed, or null.</returns>
    Task<StepError?> BuildAsync(StepContext context, ImageBuild build, Action<string> log, CancellationToken cancellationToken);

    /// <summary>The command or call, for the plan.</summary>
    string Shown(ImageBuild build);
}
