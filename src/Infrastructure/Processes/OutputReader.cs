using System.Text;
using ReleaseDashboard.Infrastructure.Secrets;

namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>Reads one stream of a process: bytes, characters, masked text, lines, in that order, so that a secret cut by a read is still found.</summary>
internal sealed class OutputReader(OutputStream kind, SecretMask mask, BoundedCapture? capture, Func<OutputStream, List<string>, ValueTask> emit, Action heard)
{
    private const int ReadSize = 64 * 1024;

    public async Task ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var bytes = new byte[ReadSize];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(ReadSize)];
        var masked = new StringBuilder();
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetDecoder();
        var masking = mask.Start();
        var builder = new LineBuilder(LineBuilder.DefaultLimit);
        while (true)
        {
            var count = await stream.ReadAsync(bytes, cancellation);
            if (count > 0) heard();
            var read = decoder.GetChars(bytes, 0, count, characters, 0, flush: count == 0);
            capture?.Add(characters.AsSpan(0, read));
            masking.Add(characters.AsSpan(0, read), masked);
            if (count == 0) masking.Finish(masked);
            var lines = new List<string>();
            foreach (var chunk in masked.GetChunks()) builder.Add(chunk.Span, lines);
            masked.Clear();
            if (count == 0) builder.Finish(lines);
            if (lines.Count > 0) await emit(kind, lines);
            if (count == 0) return;
        }
    }
}
