using System.Globalization;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>
/// Takes the tags of single platforms away, never the images: the index of a variant names them. What has no tag of its own stays as long
/// as an index names it.
/// </summary>
internal sealed class StagingTags(RegistryRepository repository, IStepLog log)
{
    /// <returns>One sentence for people.</returns>
    public async Task<Result<string, RegistryError>> RemoveAsync(IReadOnlyList<ImageTag> tags, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var tag in tags)
        {
            var manifest = await repository.ManifestAsync(tag, cancellationToken);
            if (!manifest.IsOk)
                return manifest.Error;
            if (manifest.Value is not { } image)
                continue;
            if (await repository.UntagAsync(tag, cancellationToken) is { } refused)
            {
                if (refused.Kind is not (RegistryFailure.Refused or RegistryFailure.Denied or RegistryFailure.AuthenticationFailed))
                    return refused;
                log.Write($"{tag} stays: {refused}");
                return "tags of single platforms stay, the registry deletes no single tags";
            }
            removed++;
            log.Write($"{repository}:{tag} is removed");
            var head = await repository.HeadAsync(image.Digest, cancellationToken);
            if (!head.IsOk)
                return head.Error;
            if (head.Value is not null)
                continue;
            // A registry that takes the image along with its tag would leave the index with a hole.
            if (await repository.PutAsync(image, cancellationToken) is { } lost)
                return lost;
            log.Write($"{image.Digest} went with its tag and is put back: other tags stay");
            return "tags of single platforms stay, the registry deletes their images with them";
        }
        return string.Create(CultureInfo.InvariantCulture, $"{removed} tags of single platforms removed");
    }
}
