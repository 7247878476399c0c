using System.Buffers.Binary;
using System.Text;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>
/// Reads the output of a container: frames of both streams, one after the other, each with a head of eight bytes.
/// <see href="https://docs.docker.com/reference/api/engine/#tag/Container/operation/ContainerAttach"/>
/// </summary>
internal static class ContainerLog
{
    private const int HeadSize = 8;
    private const byte ErrorStream = 2;

    // The engine sends 16 KiB at most; anything far above is no frame.
    private const uint LongestFrame = 16 * 1024 * 1024;

    /// <exception cref="IOException">The connection broke, or what comes are no frames.</exception>
    public static async Task ReadAsync(Stream stream, Action<ContainerLine> line, CancellationToken cancellation)
    {
        var output = new Lines(text => line(new ContainerLine(false, text)));
        var errors = new Lines(text => line(new ContainerLine(true, text)));
        var head = new byte[HeadSize];
        while (await stream.ReadAtLeastAsync(head, HeadSize, throwOnEndOfStream: false, cancellation) is > 0 and var got)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4));
            if (got < HeadSize || size > LongestFrame)
                throw new IOException("The container's output came garbled.");
            var frame = new byte[size];
            await stream.ReadExactlyAsync(frame, cancellation);
            (head[0] == ErrorStream ? errors : output).Add(frame);
        }
        output.Complete();
        errors.Complete();
    }

    private sealed class Lines(Action<string> write)
    {
        // A decoder keeps the bytes of a letter that two frames share.
        private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
        private readonly StringBuilder pending = new();

        public void Add(byte[] bytes)
        {
            var letters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
            pending.Append(letters, 0, decoder.GetChars(bytes, letters, flush: false));
            var text = pending.ToString();
            var parts = text.Split('\n');
            foreach (var part in parts[..^1])
                write(part.TrimEnd('\r'));
            pending.Clear().Append(parts[^1]);
        }

        public void Complete()
        {
            if (pending.Length > 0)
                write(pending.ToString());
            pending.Clear();
        }
    }
}
