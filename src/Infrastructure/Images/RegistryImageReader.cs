using System.Text.Json;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Images.Layers;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Images;

/// <summary>Looks at images over the OCI distribution API.</summary>
public sealed class RegistryImageReader(RegistryAccess access) : IImageReader
{
    private const int LargestConfig = 4 * 1024 * 1024;

    private readonly KeptByDigest<TaggedImage> _images = new(2000);
    private readonly KeptByDigest<ImageDetails> _details = new(2000);
    private readonly KeptByDigest<IReadOnlyList<Platform>> _platforms = new(1000);
    // The largest of all by far.
    private readonly KeptByDigest<LayerTree> _files = new(8);

    public async Task<Result<IReadOnlyList<ImageTag>, string>> TagsAsync(Project project, RegistryAddress registry, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(project, registry, cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        var tags = await opened.Value.TagsAsync(cancellationToken);
        return tags.IsOk ? Result<IReadOnlyList<ImageTag>, string>.Ok(tags.Value) : tags.Error.ToString();
    }

    public async Task<Result<TaggedImage?, string>> LookAsync(Project project, RegistryAddress registry, string variant, ImageTag tag, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(project, registry, cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        var repository = opened.Value;
        var head = await repository.HeadAsync(tag, cancellationToken);
        if (!head.IsOk)
            return head.Error.ToString();
        if (head.Value is not { } manifest)
            return Result<TaggedImage?, string>.Ok(null);
        if (_images.Find(repository.Name, project.Id, manifest.Digest) is { } known)
            return known with { Variant = variant, Tag = tag.Value };
        var image = await RegistryInventory.LookAsync(repository, variant, tag, cancellationToken);
        if (!image.IsOk)
            return image.Error.ToString();
        return image.Value is { } found ? _images.Keep(repository.Name, project.Id, found.Digest, found) : Result<TaggedImage?, string>.Ok(null);
    }

    public async Task<Result<ImageDetails, string>> DetailsAsync(Project project, RegistryAddress registry, ContentDigest manifest, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(project, registry, cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        var repository = opened.Value;
        if (_details.Find(repository.Name, project.Id, manifest) is { } known)
            return known;
        var read = await ManifestAsync(repository, manifest, cancellationToken);
        if (!read.IsOk)
            return read.Error;
        var config = await ConfigAsync(repository, read.Value, cancellationToken);
        return config.Then(bytes => Parsed(() => ImageConfig.Details(read.Value, bytes), manifest))
            .Map(details => _details.Keep(repository.Name, project.Id, manifest, details));
    }

    public async Task<Result<LayerTree, string>> FilesAsync(Project project, RegistryAddress registry, ContentDigest manifest, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(project, registry, cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        var repository = opened.Value;
        if (_files.Find(repository.Name, project.Id, manifest) is { } known)
            return known;
        var read = await ManifestAsync(repository, manifest, cancellationToken);
        if (!read.IsOk)
            return read.Error;
        return (await LayerFiles.ReadAsync(repository, read.Value.Document.Layers, cancellationToken)).Map(tree => _files.Keep(repository.Name, project.Id, manifest, tree));
    }

    public async Task<Result<IReadOnlyList<Platform>?, string>> PlatformsAsync(Project project, ImageReference image, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(project, image.Repository, cancellationToken);
        if (!opened.IsOk)
            return opened.Error;
        var repository = opened.Value;
        // First only the head: registries count whole manifests against a limit, and heads not.
        var head = image.Digest is { } digest
            ? await repository.HeadAsync(digest, cancellationToken)
            : await repository.HeadAsync(image.Tag ?? ImageReference.Latest, cancellationToken);
        if (!head.IsOk)
            return head.Error.ToString();
        if (head.Value is not { } found)
            return Result<IReadOnlyList<Platform>?, string>.Ok(null);
        if (_platforms.Find(repository.Name, project.Id, found.Digest) is { } known)
            return Result<IReadOnlyList<Platform>?, string>.Ok(known);
        var read = await ManifestAsync(repository, found.Digest, cancellationToken);
        if (!read.IsOk)
            return read.Error;
        var platforms = read.Value.IsIndex
            ? Result<IReadOnlyList<Platform>, string>.Ok([.. read.Value.Document.Manifests.Where(child => !child.IsAttestation).Select(child => child.Platform).OfType<Platform>().Distinct()])
            : (await ConfigAsync(repository, read.Value, cancellationToken)).Then(bytes => Parsed<IReadOnlyList<Platform>>(() => ImageConfig.PlatformOf(bytes) is { } one ? [one] : [], found.Digest));
        return platforms.Map<IReadOnlyList<Platform>?>(list => _platforms.Keep(repository.Name, project.Id, found.Digest, list));
    }

    private static async Task<Result<RegistryManifest, string>> ManifestAsync(RegistryRepository repository, ContentDigest digest, CancellationToken cancellationToken)
    {
        var manifest = await repository.ManifestAsync(digest, cancellationToken);
        return !manifest.IsOk ? manifest.Error.ToString() : manifest.Value is { } found ? found : $"{repository} does not have {digest} any more.";
    }

    private static async Task<Result<byte[], string>> ConfigAsync(RegistryRepository repository, RegistryManifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Document.Config is not { } config)
            return $"{manifest.Digest} is no image: it has no configuration.";
        var bytes = await repository.ReadBlobAsync(config, LargestConfig, cancellationToken);
        return bytes.IsOk ? bytes.Value : bytes.Error.ToString();
    }

    private static Result<T, string> Parsed<T>(Func<T> parse, ContentDigest digest)
    {
        try
        {
            return parse();
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            return $"The configuration of {digest.Abbreviated} cannot be read: {exception.Message}";
        }
    }
}
