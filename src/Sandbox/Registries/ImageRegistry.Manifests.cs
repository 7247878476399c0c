using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Effects;
using ReleaseDashboard.Sandbox.State;

namespace ReleaseDashboard.Sandbox.Registries;

public sealed partial class ImageRegistry
{
    /// <summary>Takes a manifest or index, under its digest and, when the reference is a tag, under that.</summary>
    /// <param name="repository">Where it goes.</param>
    /// <param name="reference">A tag, or the digest of the content.</param>
    /// <param name="mediaType">Its kind; null when only the content says it.</param>
    /// <param name="content">Its bytes, kept as they are.</param>
    /// <param name="actor">Who sends it.</param>
    /// <returns>The manifest, or why it is refused.</returns>
    public async Task<(StoredManifest? Stored, RegistryError? Refusal)> PutManifestAsync(
        string repository, string reference, string? mediaType, byte[] content, string? actor)
    {
        if (!RegistryNames.IsRepository(repository))
            return (null, RegistryError.NameInvalid(repository));
        var digest = ContentDigest.Of(content);
        var byDigest = ContentDigest.TryParse(reference, out var wanted);
        if (byDigest && wanted != digest)
            return (null, RegistryError.DigestInvalid(reference));
        if (!byDigest && !RegistryNames.IsTag(reference))
            return (null, RegistryError.TagInvalid(reference));
        var (document, fault) = ManifestDocument.Read(content, mediaType);
        if (document is null)
            return (null, RegistryError.ManifestInvalid(fault!));

        using var turn = await EnterAsync();
        if (Missing(repository, document) is { } missing)
            return (null, RegistryError.ManifestBlobUnknown(missing.Value));
        WriteContent(digest, content);
        await StoreAsync_NeedsTurn(repository, byDigest ? null : reference, digest, document.MediaType, actor);
        return (new StoredManifest(digest, document.MediaType, content), null);
    }

    /// <returns>Whether there was such a tag.</returns>
    public async Task<bool> DeleteTagAsync(string repository, string tag, string actor)
    {
        using var turn = await EnterAsync();
        var path = folder.Tag(repository, tag);
        if (DocumentFile.Load<TagLink>(path) is not { } link)
            return false;
        await journal.CommitAsync_NeedsTurn([Deleted(repository, tag, path, link.Digest, actor)], () => File.Delete(path));
        return true;
    }

    /// <summary>Deletes a manifest and the tags that point to it.</summary>
    /// <returns>Whether there was such a manifest.</returns>
    public async Task<bool> DeleteManifestAsync(string repository, ContentDigest digest, string actor)
    {
        using var turn = await EnterAsync();
        var path = folder.Manifest(repository, digest);
        if (!File.Exists(path))
            return false;
        var tags = folder.AllTags(repository).Where(tag => Resolve(repository, tag) == digest).ToList();
        List<PromisedEffect> promised =
        [
            .. tags.Select(tag => Deleted(repository, tag, folder.Tag(repository, tag), digest.Value, actor)),
            new PromisedEffect(new Effect(Service, "manifest.delete", repository, digest.Value, actor), path, Present: false),
        ];
        await journal.CommitAsync_NeedsTurn(promised, () =>
        {
            foreach (var tag in tags)
                File.Delete(folder.Tag(repository, tag));
            File.Delete(path);
        });
        return true;
    }

    private async Task StoreAsync_NeedsTurn(string repository, string? tag, ContentDigest digest, string mediaType, string? actor)
    {
        var manifest = folder.Manifest(repository, digest);
        var promised = new List<PromisedEffect>();
        var isNew = !File.Exists(manifest);
        if (isNew)
            promised.Add(new PromisedEffect(new Effect(Service, "manifest.put", repository, digest.Value, actor), manifest));
        var before = tag is null ? null : Resolve(repository, tag);
        var moves = tag is not null && before != digest;
        if (moves)
        {
            promised.Add(new PromisedEffect(
                new Effect(Service, "tag.move", $"{repository}:{tag}", digest.Value, actor, before?.Value), folder.Tag(repository, tag!), digest.Value));
        }

        await journal.CommitAsync_NeedsTurn(actor is null ? [] : promised, () =>
        {
            if (isNew)
                RegistryFolder.Save(manifest, new ManifestLink(mediaType));
            if (moves)
                RegistryFolder.Save(folder.Tag(repository, tag!), new TagLink(digest.Value));
        });
    }

    // A manifest's blobs and an index's manifests must be in this very repository; layers that say where else they are need not.
    private ContentDigest? Missing(string repository, ManifestDocument document) =>
        document.Blobs.FirstOrDefault(part => !part.IsForeign && FindBlob(repository, part.Digest) is null)?.Digest
        ?? document.Manifests.FirstOrDefault(part => !File.Exists(folder.Manifest(repository, part.Digest)))?.Digest;

    private PromisedEffect Deleted(string repository, string tag, string path, string digest, string actor) =>
        new(new Effect(Service, "tag.delete", $"{repository}:{tag}", Actor: actor, From: digest), path, Present: false);
}
