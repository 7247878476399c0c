using System.Buffers;
using System.Security.Cryptography;
using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Sandbox.Registries;

/// <summary>One upload on its way: a file that grows, and the hash of what it holds.</summary>
internal sealed class UploadSession : IDisposable
{
    private const int ChunkSize = 128 * 1024;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SemaphoreSlim gate = new(1, 1);

    public UploadSession(string id, string repository, string path) => (Id, Repository, File) = (id, repository, path);

    public string Id { get; }

    public string Repository { get; }

    public string File { get; }

    /// <summary>Bytes that have arrived and are in the file.</summary>
    public long Length { get; private set; }

    /// <summary>Reads what a former process had got.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await using var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite, ChunkSize, useAsync: true);
        await EachChunkAsync(file, chunk => Count(chunk.Span), cancellationToken);
    }

    /// <summary>Keeps other requests for this upload out until disposed.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    /// <summary>Adds a body to the end. When the connection breaks, what had come stays.</summary>
    public async Task AppendAsync_NeedsTurn(Stream body, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
        file.Position = Length;
        await EachChunkAsync(
            body,
            async chunk =>
            {
                await file.WriteAsync(chunk, CancellationToken.None);
                Count(chunk.Span);
            },
            cancellationToken);
    }

    /// <summary>Puts the bytes on the disk for good.</summary>
    /// <returns>Their digest.</returns>
    public ContentDigest Finish_NeedsTurn()
    {
        using var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.Write);
        file.Flush(flushToDisk: true);
        return ContentDigest.OfHash(hash.GetCurrentHash());
    }

    public void Dispose()
    {
        hash.Dispose();
        gate.Dispose();
    }

    private static Task EachChunkAsync(Stream stream, Action<ReadOnlyMemory<byte>> take, CancellationToken cancellationToken) => EachChunkAsync(
        stream,
        chunk =>
        {
            take(chunk);
            return ValueTask.CompletedTask;
        },
        cancellationToken);

    private static async Task EachChunkAsync(Stream stream, Func<ReadOnlyMemory<byte>, ValueTask> take, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            for (var read = await stream.ReadAsync(buffer, cancellationToken); read > 0; read = await stream.ReadAsync(buffer, cancellationToken))
                await take(buffer.AsMemory(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Count(ReadOnlySpan<byte> chunk)
    {
        hash.AppendData(chunk);
        Length += chunk.Length;
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
