using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Copying;

/// <summary>
/// Copies images by digest from one repository to another: blobs first, then manifests, children before their index, tags
/// last. Until the end nothing has a name in the target, so a copy that stops leaves nothing that anybody pulls. Doing it
/// again goes on with what is missing.
/// </summary>
public sealed class ImageCopy(RegistryRepository source, RegistryRepository target, CopyOptions options)
{
    public ImageCopy(RegistryRepository source, RegistryRepository target)
        : this(source, target, new CopyOptions()) { }

    /// <param name="digest">An index with all its platforms, or one manifest.</param>
    /// <param name="tags">Given in this order once everything is there and has been looked at; may be empty.</param>
    public async Task<Result<CopiedImage, RegistryError>> CopyAsync(
        ContentDigest digest, IReadOnlyList<ImageTag> tags, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        var read = await ImageTree.ReadAsync(source, digest, cancellation);
        if (!read.IsOk)
            return read.Error;
        var tree = read.Value;
        var tally = new CopyTally(tree.Blobs, progress, options.ProgressEvery, target.Time);
        if (await BlobsAsync(tree, tally, cancellation) is { } lost)
            return lost;
        foreach (var manifest in tree.Manifests)
        {
            if (await StoreAsync(manifest, cancellation) is { } refused)
                return refused;
        }
        if (await VerifyAsync(tree, cancellation) is { } different)
            return different;
        foreach (var tag in tags)
        {
            if (await TagAsync(tree.Root, tag, cancellation) is { } untagged)
                return untagged;
        }
        return new CopiedImage(digest, tree.Manifests.Count, tree.Size, tally.BytesSent,
            tally.CountOf(BlobState.Copied), tally.CountOf(BlobState.Mounted), tally.CountOf(BlobState.Present));
    }

    /// <summary>Points a tag of the target to a manifest that is there, and looks that it does.</summary>
    public async Task<RegistryError?> TagAsync(RegistryManifest manifest, ImageTag tag, CancellationToken cancellation)
    {
        var error = await target.TagAsync(manifest, tag, cancellation);
        // Refused for now: nothing was changed, so asking again is no repeat.
        if (error is { Kind: RegistryFailure.RateLimit } && target.Options.PauseBefore(0, error) is { } pause)
        {
            await Task.Delay(pause, target.Time, cancellation);
            error = await target.TagAsync(manifest, tag, cancellation);
        }
        if (error is not null && error.Kind != RegistryFailure.AnswerLost)
            return error;
        var head = await target.HeadAsync(tag, cancellation);
        if (!head.IsOk)
            return error ?? head.Error;
        return head.Value?.Digest == manifest.Digest
            ? null
            : error ?? RegistryError.Of(RegistryFailure.WrongDigest, $"{target}:{tag} was pointed to {manifest.Digest}, but it points to {head.Value?.Digest.Value ?? "nothing"}.");
    }

    private async Task<RegistryError?> BlobsAsync(ImageTree tree, CopyTally tally, CancellationToken cancellation)
    {
        var copy = new BlobCopy(source, target, options, tally);
        RegistryError? first = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            // The largest first: then no large one is left alone at the end.
            await Parallel.ForEachAsync(
                tree.Blobs.OrderByDescending(blob => blob.Size),
                new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = stop.Token },
                async (blob, token) =>
                {
                    if (await copy.CopyAsync(blob, token) is { } error && Interlocked.CompareExchange(ref first, error, null) is null)
                        await stop.CancelAsync();
                });
        }
        catch (OperationCanceledException) when (first is not null && !cancellation.IsCancellationRequested)
        {
            // The others were told to stop because of the error that is returned.
        }
        return first;
    }

    private async Task<RegistryError?> StoreAsync(RegistryManifest manifest, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var head = await target.HeadAsync(manifest.Digest, cancellation);
            if (!head.IsOk)
                return head.Error;
            if (head.Value is not null)
                return null;
            var error = await target.PutAsync(manifest, cancellation);
            if (error is null)
                return null;
            if (target.Options.PauseBefore(attempt, error) is not { } pause)
                return error;
            await Task.Delay(pause, target.Time, cancellation);
        }
    }

    private async Task<RegistryError?> VerifyAsync(ImageTree tree, CancellationToken cancellation)
    {
        foreach (var manifest in tree.Manifests)
        {
            // The root is read whole, because its bytes decide; of the others the registry says that they are there.
            var found = manifest == tree.Root
                ? (await target.ManifestAsync(manifest.Digest, cancellation)).Map(whole => whole?.Digest)
                : (await target.HeadAsync(manifest.Digest, cancellation)).Map(head => head?.Digest);
            if (!found.IsOk)
                return found.Error;
            if (found.Value is null)
                return RegistryError.Of(RegistryFailure.NotFound, $"{target} does not hold {manifest.Digest} after it was stored there.");
        }
        return null;
    }
}
