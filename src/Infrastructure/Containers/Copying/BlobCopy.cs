using ReleaseDashboard.Infrastructure.Containers.Registry;
using ReleaseDashboard.Infrastructure.Results;

namespace ReleaseDashboard.Infrastructure.Containers.Copying;

/// <summary>Brings one blob from a repository to another, the cheapest way that the registries allow.</summary>
internal sealed class BlobCopy(RegistryRepository source, RegistryRepository target, CopyOptions options, CopyTally tally)
{
    /// <summary>Null when the blob is in the target.</summary>
    public async Task<RegistryError?> CopyAsync(ContentDescriptor blob, CancellationToken cancellation)
    {
        UploadSession? session = null;
        if (source.SharesRegistryWith(target) && source.Name != target.Name)
        {
            // Not looked for first: a mount of what is there is answered the same way, and costs one request instead of two.
            var mounted = await target.MountAsync(blob.Digest, source.Name, cancellation);
            if (mounted is { IsOk: true, Value: null })
            {
                tally.End(blob.Digest, BlobState.Mounted);
                return null;
            }
            // A registry that refuses mounts may still take uploads; one that is busy says so again.
            session = mounted.IsOk ? mounted.Value : null;
        }
        if (session is null)
        {
            var size = await target.BlobSizeAsync(blob.Digest, cancellation);
            if (!size.IsOk)
                return size.Error;
            if (size.Value is not null)
            {
                tally.End(blob.Digest, BlobState.Present);
                return null;
            }
        }
        return await SendAsync(blob, session, cancellation);
    }

    private async Task<RegistryError?> SendAsync(ContentDescriptor blob, UploadSession? begun, CancellationToken cancellation)
    {
        await using var content = source.OpenBlob(blob);
        var session = begun;
        for (var attempt = 0; ; attempt++)
        {
            var (sent, error) = await SendOnceAsync(blob, content, session, cancellation);
            session = sent;
            if (error is null)
            {
                tally.End(blob.Digest, BlobState.Copied);
                return null;
            }
            // The source went on by itself as long as it could.
            var final = content.Failure ?? (attempt >= options.BlobRetries || target.Options.PauseBefore(0, error) is null ? error : null);
            if (final is not null)
            {
                await GiveUpAsync(session);
                return final;
            }
            await Task.Delay(target.Options.PauseBefore(0, error)!.Value, target.Time, cancellation);
            var (there, left) = await LookAsync(blob, session, cancellation);
            if (there)
            {
                tally.End(blob.Digest, BlobState.Copied);
                return null;
            }
            session = left;
        }
    }

    private async Task<(UploadSession? Session, RegistryError? Error)> SendOnceAsync(
        ContentDescriptor blob, BlobStream content, UploadSession? session, CancellationToken cancellation)
    {
        if (session is null || session.Offset > content.Position)
        {
            var started = await target.StartUploadAsync(cancellation);
            if (!started.IsOk)
                return (null, started.Error);
            session = started.Value;
        }
        await content.RewindAsync(session.Offset);
        tally.Begin(blob.Digest, session.Offset);
        if (session.Offset < blob.Size)
        {
            var sent = await target.SendAsync(session, content, blob.Size - session.Offset, bytes => tally.Move(blob.Digest, bytes), cancellation);
            if (!sent.IsOk)
                return (session, sent.Error);
            session = sent.Value;
        }
        return (session, await target.FinishUploadAsync(session, blob.Digest, cancellation));
    }

    // After an answer that was lost: the blob may be there, or the registry may have kept a part of it.
    private async Task<(bool There, UploadSession? Left)> LookAsync(ContentDescriptor blob, UploadSession? session, CancellationToken cancellation)
    {
        var size = await target.BlobSizeAsync(blob.Digest, cancellation);
        if (size is { IsOk: true, Value: not null })
            return (true, null);
        if (session is null)
            return (false, null);
        var status = await target.UploadStatusAsync(session, cancellation);
        // What cannot be continued is begun again; the registry clears its remains away by itself.
        return (false, status.IsOk ? status.Value : null);
    }

    private async Task GiveUpAsync(UploadSession? session)
    {
        if (session is null)
            return;
        // Tidiness only: a registry clears forgotten uploads away, so that it does not answer is no failure of the copy.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10), target.Time);
        try
        {
            _ = await target.CancelUploadAsync(session, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // As above.
        }
    }
}
