using System.Buffers;
using System.Net;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>A part of a blob as the body of a request, through one small buffer.</summary>
/// <param name="length">Bytes to take from the source.</param>
/// <param name="moved">Told of every buffer that went out.</param>
internal sealed class BlobContent(Stream source, long length, Action<int> moved, CancellationToken cancellation) : HttpContent
{
    private const int BufferSize = 128 * 1024;

    protected override bool TryComputeLength(out long bytes)
    {
        bytes = length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, cancellation);

    // The request's own token ends a wait for the registry, the caller's also a wait for the source.
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (var left = length; left > 0;)
            {
                var count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(BufferSize, left)), cancellation);
                if (count == 0)
                    throw new EndOfStreamException("The source ended early.");
                moved(0);
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                left -= count;
                moved(count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
