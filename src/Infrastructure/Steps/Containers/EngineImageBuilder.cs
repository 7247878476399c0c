using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>The engine's own builder, one platform after the other.</summary>
internal sealed class EngineImageBuilder(EngineClient engine) : IImageBuilder
{
    private const int MostLines = 40;

    public string Reference(ImageReference name, ImageDetails image) => image.Id;

    public string Shown(ImageBuild build) =>
        $"POST {engine.Address} /build?dockerfile={build.Variant.Dockerfile}&platform={build.Key.Platform}"
        + (build.Variant.Target is { } target ? $"&target={target}" : "") + $"&t={build.Name.Familiar}";

    public async Task<StepError?> BuildAsync(StepContext context, ImageBuild build, Action<string> log, CancellationToken cancellationToken)
    {
        var folder = BuildContext.Of(build.Folder, build.Dockerfile, build.Time);
        if (!folder.IsOk)
            return ContainerStepErrors.Of(folder.Error, What(build));
        var tail = new Queue<string>();
        var request = new BuildRequest
        {
            Context = folder.Value,
            Platform = build.Key.Platform,
            Target = build.Variant.Target,
            Tags = [build.Name.Familiar],
            Arguments = build.Arguments,
            Labels = build.Labels,
            NoCache = !build.UseCache,
        };
        var built = await engine.BuildAsync(
            request,
            line =>
            {
                log(line);
                tail.Enqueue(line);
                if (tail.Count > MostLines)
                    tail.Dequeue();
            },
            cancellationToken);
        return built.IsOk ? null : ContainerStepErrors.Of(built.Error, What(build), [.. tail]);
    }

    private static string What(ImageBuild build) => $"The image {build.Key} could not be built.";
}
