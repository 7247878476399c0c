using System.Text.RegularExpressions;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Dockerfiles;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>The engine's own builder, one platform after the other.</summary>
internal sealed class EngineImageBuilder(EngineClient engine) : IImageBuilder
{
    private const int MostLines = 40;
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    public string Reference(ImageReference name, ImageDetails image) => image.Id;

    public string Shown(ImageBuild build) =>
        $"POST {engine.Address} /build?dockerfile={build.Variant.Dockerfile}&platform={build.Key.Platform}"
        + (build.Variant.Target is { } target ? $"&target={target}" : "") + $"&t={build.Name.Familiar}";

    public async Task<StepError?> BuildAsync(StepContext context, ImageBuild build, Action<string> log, CancellationToken cancellationToken)
    {
        var pinned = await new PinnedBases(engine, build, log).PinAsync(cancellationToken);
        if (!pinned.IsOk)
            return pinned.Error;
        var folder = BuildContext.Of(build.Folder, pinned.Value, build.Time);
        if (!folder.IsOk)
            return ContainerStepErrors.Of(folder.Error, What(build));
        await using var previous = await PreviousImage.FetchAsync(engine, build, log, cancellationToken);
        var tail = new Queue<string>();
        var request = new BuildRequest
        {
            Context = folder.Value,
            Platform = build.Key.Platform,
            Target = build.Variant.Target,
            Tags = [build.Name.Familiar],
            Arguments = WithAutomatic(build),
            Labels = build.Labels,
            NoCache = !build.UseCache,
            CacheFrom = previous.Ids,
            Logins = build.Logins,
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

    // BuildKit sets TARGETARCH and the like by itself, the engine's own builder does not; and it complains of those that nobody asks for.
    private static IReadOnlyDictionary<string, string> WithAutomatic(ImageBuild build)
    {
        var given = build.Arguments;
        return new BuildSetting(build.Key.Platform, build.Machine, []).Automatic
            .Where(pair => !given.ContainsKey(pair.Key) && Regex.IsMatch(build.Dockerfile, $"\\bARG\\b[^\\n]*\\b{pair.Key}\\b", RegexOptions.IgnoreCase, OneSecond))
            .Concat(given)
            .ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    private static string What(ImageBuild build) => $"The image {build.Key} could not be built.";
}
