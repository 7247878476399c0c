namespace ReleaseDashboard.Sandbox.Faults;

/// <summary>A body that lets some bytes through, in either direction, and then has the connection cut.</summary>
internal sealed class CutStream(Stream inner, long bytes, Action cut) : Stream
{
    private long left = bytes;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        if (read <= left)
        {
            left -= read;
            return read;
        }

        if (left == 0)
            throw Cut();
        read = (int)left;
        left = 0;
        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var passes = (int)Math.Min(left, buffer.Length);
        await inner.WriteAsync(buffer[..passes], cancellationToken);
        left -= passes;
        if (passes == buffer.Length)
            return;
        await inner.FlushAsync(cancellationToken);
        throw Cut();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are written asynchronously.");

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException("Bodies are flushed asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private IOException Cut()
    {
        cut();
        return new IOException("A fault rule cut the connection.");
    }
}
