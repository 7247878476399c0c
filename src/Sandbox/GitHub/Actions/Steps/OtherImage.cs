using System.Text.Json.Nodes;
using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Registries;

namespace ReleaseDashboard.Sandbox.GitHub.Actions.Steps;

/// <summary>Makes another image with the same layers, as a workflow does that builds anew: valid, but with other digests on every platform.</summary>
internal sealed class OtherImage(ImageRegistry registry, string repository, string? actor)
{
    /// <param name="image">An image that the registry holds whole.</param>
    /// <param name="tags">What the other image is called there.</param>
    public async Task TagAsync(StoredManifest image, IReadOnlyList<string> tags)
    {
        var content = await MakeAsync(image);
        foreach (var tag in tags)
            await PutAsync(tag, image.MediaType, content);
    }

    private async Task<byte[]> MakeAsync(StoredManifest image)
    {
        var document = JsonNode.Parse(image.Content)!;
        if (document["manifests"] is not JsonArray parts)
        {
            // A line end after the document: nothing that it says depends on it.
            return [.. image.Content, (byte)'\n'];
        }

        foreach (var part in parts)
        {
            var below = registry.FindManifest(repository, part!["digest"]!.GetValue<string>()) ?? throw new InvalidDataException($"manifest unknown: {part["digest"]}");
            var other = await MakeAsync(below);
            var digest = ContentDigest.Of(other).Value;
            await PutAsync(digest, below.MediaType, other);
            (part["digest"], part["size"]) = (digest, other.Length);
        }

        return System.Text.Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private async Task PutAsync(string reference, string mediaType, byte[] content)
    {
        var (_, refusal) = await registry.PutManifestAsync(repository, reference, mediaType, content, actor);
        if (refusal is not null)
            throw new InvalidDataException($"{registry.Name} refuses {repository}:{reference}: {refusal.Code}");
    }
}
