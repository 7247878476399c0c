using System.Text;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>One image of a release, for all its platforms.</summary>
/// <param name="Variant">Its name.</param>
/// <param name="Dockerfile">Path in the repository.</param>
/// <param name="Repository">Where it goes in the registry.</param>
/// <param name="Platforms">What it is built for.</param>
/// <param name="Tags">What points to it.</param>
/// <param name="Arguments">Build arguments.</param>
/// <param name="Version">For the labels; null when there is none.</param>
/// <param name="Source">For the labels.</param>
internal sealed record ImageVariantBuild(
    string Variant, string Dockerfile, string Repository, IReadOnlyList<Platform> Platforms, IReadOnlyList<string> Tags,
    IReadOnlyDictionary<string, string> Arguments, string? Version, string Source)
{
    /// <summary>Builds and pushes.</summary>
    /// <param name="context">The commit.</param>
    /// <param name="registry">Where base images are looked for, and where the image goes.</param>
    /// <param name="actor">Who does it, for the effect log; null for the demo.</param>
    /// <param name="say">Takes the lines that a build prints.</param>
    /// <exception cref="InvalidDataException">It cannot be built.</exception>
    public async Task<ContentDigest> RunAsync(
        BuildContext context, ImageRegistry registry, string? actor, Action<string> say, CancellationToken cancellationToken)
    {
        if (!context.Files.TryGetValue(Dockerfile, out var file))
            throw new InvalidDataException($"failed to read dockerfile: open {Dockerfile}: no such file or directory");
        var text = Encoding.UTF8.GetString(file.Content);
        var push = new ImagePush(registry, Repository, actor);
        var labels = Labels(context);
        var images = new List<JsonObject>();
        foreach (var platform in Platforms)
        {
            var image = new ImageBuild(context, registry, platform, Arguments).Run(text);
            foreach (var (name, value) in labels)
                ImageSettings.Label(image.Settings, name, value);
            images.Add(await push.ImageAsync(image, platform, cancellationToken));
            say($"[{platform}] {image.Layers.Count} layers, {image.Layers.Sum(layer => layer.Size)} bytes: {images[^1]["digest"]}");
        }

        var digest = await push.IndexAsync(images, labels, Tags);
        foreach (var tag in Tags)
            say($"pushed {Repository}:{tag} {digest}");
        return digest;
    }

    private Dictionary<string, string> Labels(BuildContext context)
    {
        var labels = new Dictionary<string, string>
        {
            ["org.opencontainers.image.revision"] = context.Sha,
            ["org.opencontainers.image.created"] = context.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["org.opencontainers.image.source"] = Source,
        };
        if (Version is not null)
            labels["org.opencontainers.image.version"] = Version;
        return labels;
    }
}
