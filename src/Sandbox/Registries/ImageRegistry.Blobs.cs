using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Sandbox.Effects;

namespace ReleaseDashboard.Sandbox.Registries;

public sealed partial class ImageRegistry
{
    /// <summary>Takes a blob over that is at hand as bytes.</summary>
    public async Task<ContentDigest> PutBlobAsync(string repository, ReadOnlyMemory<byte> content, string? actor)
    {
        var digest = ContentDigest.Of(content.Span);
        if (FindBlob(repository, digest) is not null)
            return digest;
        WriteContent(digest, content.Span);
        await LinkBlobAsync(repository, digest, actor);
        return digest;
    }

    /// <summary>Takes a blob over from another registry of this machine.</summary>
    /// <returns>False when this repository had it already.</returns>
    internal async Task<bool> CopyBlobAsync(string repository, ContentDigest digest, string source, string? actor, CancellationToken cancellationToken)
    {
        if (FindBlob(repository, digest) is not null)
            return false;
        using var upload = Uploads.Start(repository);
        await using (var file = File.OpenRead(source))
            await upload.AppendAsync_NeedsTurn(file, cancellationToken);
        return await FinishUploadAsync_NeedsTurn(upload, digest, actor) is null
            ? true
            : throw new InvalidDataException($"{source} does not hold {digest}.");
    }

    /// <summary>Makes a blob of an upload.</summary>
    /// <returns>Why not; the upload is dropped in any case.</returns>
    internal async Task<RegistryError?> FinishUploadAsync_NeedsTurn(UploadSession upload, ContentDigest digest, string? actor)
    {
        var actual = upload.Finish_NeedsTurn();
        if (actual == digest)
        {
            var content = folder.Content(digest);
            Directory.CreateDirectory(Path.GetDirectoryName(content)!);
            File.Move(upload.File, content, overwrite: true);
            await LinkBlobAsync(upload.Repository, digest, actor);
        }

        Uploads.Drop(upload);
        return actual == digest ? null : RegistryError.DigestInvalid(digest.Value);
    }

    /// <summary>Takes a blob over from another repository of this registry.</summary>
    /// <param name="from">Where it is; null looks everywhere.</param>
    /// <returns>Whether it was there and mounts are allowed.</returns>
    internal async Task<bool> MountAsync(string repository, ContentDigest digest, string? from, string? actor)
    {
        if (RefuseMounts)
            return false;
        var source = from is null ? Repositories.FirstOrDefault(other => FindBlob(other, digest) is not null) : FindBlob(from, digest) is null ? null : from;
        if (source is null)
            return false;
        await LinkBlobAsync(repository, digest, actor, source);
        return true;
    }

    /// <returns>Whether there was such a blob.</returns>
    internal async Task<bool> DeleteBlobAsync(string repository, ContentDigest digest, string actor)
    {
        using var turn = await EnterAsync();
        if (FindBlob(repository, digest) is null)
            return false;
        var link = folder.Blob(repository, digest);
        await journal.CommitAsync_NeedsTurn(
            [new PromisedEffect(new Effect(Service, "blob.delete", repository, digest.Value, actor), link, Present: false)], () => File.Delete(link));
        return true;
    }

    private async Task LinkBlobAsync(string repository, ContentDigest digest, string? actor, string? mountedFrom = null)
    {
        using var turn = await EnterAsync();
        var link = folder.Blob(repository, digest);
        if (File.Exists(link))
            return;
        var effect = new Effect(Service, mountedFrom is null ? "blob.put" : "blob.mount", repository, digest.Value, actor, mountedFrom);
        await journal.CommitAsync_NeedsTurn(
            actor is null ? [] : [new PromisedEffect(effect, link)],
            () => RegistryFolder.Save(link, new BlobLink(new FileInfo(folder.Content(digest)).Length)));
    }

    private void WriteContent(ContentDigest digest, ReadOnlySpan<byte> content)
    {
        var path = folder.Content(digest);
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = Path.Combine(folder.Uploads, Path.GetRandomFileName());
        using (var file = new FileStream(next, FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
