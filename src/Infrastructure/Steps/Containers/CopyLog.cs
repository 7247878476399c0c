using System.Globalization;
using ReleaseDashboard.Core.Steps;
using ReleaseDashboard.Infrastructure.Containers.Copying;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>Writes how far a copy has come into the attempt's log, now and then.</summary>
internal sealed class CopyLog(IStepLog log, string image, TimeProvider time) : IProgress<CopyProgress>
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private long? written;

    public void Report(CopyProgress value)
    {
        lock (gate)
        {
            // The end is told by whoever copies, and a short copy needs no line.
            if (written is { } last && time.GetElapsedTime(last) < Every)
                return;
            var isFirst = written is null;
            written = time.GetTimestamp();
            if (isFirst)
                return;
        }
        var layers = value.Blobs.Where(blob => blob.State == BlobState.Copying)
            .Select(blob => string.Create(CultureInfo.InvariantCulture, $"{blob.Digest.Abbreviated} {100 * blob.Done / Math.Max(1, blob.Size)} %"));
        log.Write(string.Create(CultureInfo.InvariantCulture, $"{image}: {Megabytes(value.Done)} of {Megabytes(value.Total)} MB ({string.Join(", ", layers)})"));
    }

    public static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
