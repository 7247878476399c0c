using System.Security.Cryptography;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>
/// A blob, read forward. A connection that breaks is opened again from the byte where it broke; the last bytes are handed out
/// only when all of them together have the digest.
/// </summary>
public sealed class BlobStream : Stream
{
    // However often it breaks, a layer arrives or fails.
    private const int MostBreaks = 50;

    private readonly RegistryRepository repository;
    private readonly ContentDescriptor blob;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private HttpResponseMessage? response;
    private Stream? body;
    private long position;
    private long hashed;
    private int breaks;
    private int breaksHere;

    internal BlobStream(RegistryRepository repository, ContentDescriptor blob) => (this.repository, this.blob) = (repository, blob);

    /// <summary>Why reading ended, when it ended badly.</summary>
    public RegistryError? Failure { get; private set; }

    /// <summary>How often the connection was opened again.</summary>
    public int Breaks => breaks;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => blob.Size;

    public override long Position { get => position; set => throw new NotSupportedException(); }

    /// <summary>Goes back to an earlier byte, for a receiver that has lost some. What was hashed is not hashed again.</summary>
    public async ValueTask RewindAsync(long earlier)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, position);
        if (earlier == position)
            return;
        await CloseAsync();
        position = earlier;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= blob.Size || buffer.IsEmpty)
            return 0;
        while (true)
        {
            if (body is null)
                await OpenAsync(cancellationToken);
            var count = await TryReadAsync(buffer[..(int)Math.Min(buffer.Length, blob.Size - position)], cancellationToken);
            if (count > 0)
            {
                Take(buffer.Span[..count]);
                return count;
            }
            await CloseAsync();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Registries are read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        hash.Dispose();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            response?.Dispose();
            hash.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        var known = (int)Math.Clamp(hashed - position, 0, bytes.Length);
        hash.AppendData(bytes[known..]);
        position += bytes.Length;
        hashed = Math.Max(hashed, position);
        breaksHere = 0;
        if (position < blob.Size || hashed > position)
            return;
        var found = ContentDigest.OfHash(hash.GetCurrentHash());
        if (found != blob.Digest)
            throw Fail(RegistryError.Of(RegistryFailure.WrongDigest, $"{repository.Name} answered other bytes than it should for {blob.Digest}: they have the digest {found}."));
    }

    // Zero when the connection broke, also by ending early.
    private async Task<int> TryReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        using var stall = new CancellationTokenSource(repository.Options.Stall, repository.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellation);
        try
        {
            var count = await body!.ReadAsync(buffer, either.Token);
            if (count == 0)
                await PauseAsync(RegistryError.Of(RegistryFailure.AnswerLost, $"The connection to {repository.Name} ended in the middle of {blob.Digest}."), cancellation);
            return count;
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            await PauseAsync(RegistryError.Of(RegistryFailure.AnswerLost, $"The connection to {repository.Name} broke in the middle of {blob.Digest}: {fault.Message}"), cancellation);
            return 0;
        }
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var opened = await repository.OpenBlobPartAsync(blob, position, cancellation);
            if (opened.IsOk)
            {
                response = opened.Value.Response;
                body = await response.Content.ReadAsStreamAsync(cancellation);
                if (await SkipAsync(position - opened.Value.Start, cancellation))
                    return;
                await CloseAsync();
            }
            else
            {
                await PauseAsync(opened.Error, cancellation);
            }
        }
    }

    // A registry without ranges answers with the whole blob.
    private async Task<bool> SkipAsync(long bytes, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (bytes > 0)
        {
            var count = await TryReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)), cancellation);
            if (count == 0)
                return false;
            bytes -= count;
        }
        return true;
    }

    private async Task PauseAsync(RegistryError error, CancellationToken cancellation)
    {
        if (repository.Options.PauseBefore(breaksHere++, error) is not { } pause || ++breaks > MostBreaks)
            throw Fail(error);
        await Task.Delay(pause, repository.Time, cancellation);
    }

    private RegistryStreamException Fail(RegistryError error)
    {
        Failure = error;
        return new RegistryStreamException(error);
    }

    private async Task CloseAsync()
    {
        if (body is not null)
            await body.DisposeAsync();
        response?.Dispose();
        (body, response) = (null, null);
    }
}
