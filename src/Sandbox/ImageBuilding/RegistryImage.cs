using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.ImageBuilding;

/// <summary>Base images that are in a registry of the sandbox.</summary>
internal static class RegistryImage
{
    /// <returns>The image to build on; null when the registry does not have it.</returns>
    public static ImageState? Find(ImageRegistry registry, string reference, Platform platform, DateTimeOffset time)
    {
        if (!ImageReference.TryParse(reference, out var image, out _))
            return null;
        var repository = image.Repository.Path;
        if (registry.FindManifest(repository, image.Selector) is not { } found)
            return null;
        var manifest = JsonNode.Parse(found.Content)!;
        if (manifest["manifests"] is JsonArray all)
        {
            var own = all.FirstOrDefault(entry => entry!["platform"] is { } of
                && Platform.Of(of["os"]!.GetValue<string>(), of["architecture"]!.GetValue<string>(), of["variant"]?.GetValue<string>()) == platform)
                ?? throw new InvalidDataException($"no match for platform in manifest {found.Digest}: {reference} is not there for {platform}");
            manifest = JsonNode.Parse(registry.FindManifest(repository, own["digest"]!.GetValue<string>())!.Content)!;
        }

        var configuration = JsonNode.Parse(File.ReadAllBytes(registry.FindBlob(repository, Digest(manifest["config"]!["digest"]!))!))!;
        var state = new ImageState(time) { Settings = (JsonObject)configuration["config"]!.DeepClone() };
        var layers = manifest["layers"]!.AsArray().Zip(configuration["rootfs"]!["diff_ids"]!.AsArray());
        foreach (var (layer, diff) in layers)
            state.Layers.Add(new ImageLayer(Digest(layer!["digest"]!), Digest(diff!), layer["size"]!.GetValue<long>(), null, repository));
        state.History.AddRange(configuration["history"]!.AsArray().Select(entry => (JsonObject)entry!.DeepClone()));
        return state;
    }

    /// <summary>Puts the layers of a made-up base below an empty image.</summary>
    public static ImageState With(this ImageState image, ImageState below)
    {
        image.Layers.AddRange(below.Layers);
        image.History.AddRange(below.History);
        foreach (var (path, file) in below.Files)
            image.Files[path] = file;
        return image;
    }

    private static ContentDigest Digest(JsonNode node) => ContentDigest.Parse(node.GetValue<string>());
}
