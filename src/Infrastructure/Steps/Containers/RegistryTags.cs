using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Reads what tags of a registry hold, several at once.</summary>
internal static class RegistryTags
{
    private const int Parallel = 4;

    /// <summary>Tags that are not there are left out.</summary>
    public static async Task<Result<ImageInventory, RegistryError>> ReadAsync(
        RegistryRepository repository, IReadOnlyList<(string Variant, ImageTag Tag)> tags, CancellationToken cancellationToken)
    {
        var read = new Result<TaggedImage?, RegistryError>[tags.Count];
        await System.Threading.Tasks.Parallel.ForAsync(
            0, tags.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (at, token) => read[at] = await RegistryInventory.LookAsync(repository, tags[at].Variant, tags[at].Tag, token));
        return read.FirstOrDefault(each => !each.IsOk) is { } failed
            ? failed.Error!
            : new ImageInventory([.. read.Select(each => each.Value).OfType<TaggedImage>()]);
    }
}
