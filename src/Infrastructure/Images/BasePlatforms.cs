using System.Collections.Concurrent;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Platforms;
using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Asks the registries of base images which platforms they are there for.</summary>
public sealed class BasePlatforms(IImageReader reader)
{
    private const int Parallel = 4;

    /// <summary>What each variant needs on each platform that a column of the matrix shows.</summary>
    public static IReadOnlyList<PlatformNeed> Needs(ImageBuild build, ImageInventory inventory) =>
    [
        .. from variant in build.Settings.Variants
           where build.Files.ContainsKey(variant.Name)
           from platform in PlatformMatrix.Columns(build.Settings, inventory)
           select PlatformNeed.Of(variant, platform, build.Files[variant.Name], build.Settings),
    ];

    public async Task<(IReadOnlyDictionary<ImageReference, IReadOnlyCollection<Platform>> Known, IReadOnlyList<string> Faults)> ReadAsync(
        Project project, IReadOnlyList<PlatformNeed> needs, CancellationToken cancellationToken)
    {
        var known = new ConcurrentDictionary<ImageReference, IReadOnlyCollection<Platform>>();
        var faults = new ConcurrentBag<string>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            needs.SelectMany(need => need.Images).Select(image => image.Reference).Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (image, token) =>
            {
                var found = await reader.PlatformsAsync(project, image, token);
                if (!found.IsOk)
                    faults.Add($"{image.Familiar}: {found.Error}");
                else if (found.Value is { } platforms)
                    known[image] = platforms;
                else
                    faults.Add($"{image.Familiar} is not in its registry.");
            });
        return (known, [.. faults.Order(StringComparer.Ordinal)]);
    }
}
