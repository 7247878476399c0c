using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Infrastructure.Containers.Registry;

namespace ReleaseDashboard.Infrastructure.Containers.Copying;

/// <summary>Counts bytes of a copy and reports them, not too often.</summary>
internal sealed class CopyTally
{
    private readonly Lock gate = new();
    private readonly Dictionary<ContentDigest, Count> counts;
    private readonly IProgress<CopyProgress>? progress;
    private readonly TimeSpan every;
    private readonly TimeProvider time;
    private readonly long total;
    private long reported;

    private sealed class Count(ContentDescriptor blob)
    {
        public ContentDescriptor Blob { get; } = blob;

        public BlobState State { get; set; }

        public long Done { get; set; }
    }

    public CopyTally(IReadOnlyList<ContentDescriptor> blobs, IProgress<CopyProgress>? progress, TimeSpan every, TimeProvider time)
    {
        counts = blobs.ToDictionary(blob => blob.Digest, blob => new Count(blob));
        (this.progress, this.every, this.time) = (progress, every, time);
        total = blobs.Sum(blob => blob.Size);
        reported = time.GetTimestamp();
    }

    public int CountOf(BlobState state)
    {
        lock (gate)
            return counts.Values.Count(count => count.State == state);
    }

    public long BytesSent { get; private set; }

    public void Begin(ContentDigest digest, long offset)
    {
        lock (gate)
            (counts[digest].State, counts[digest].Done) = (BlobState.Copying, offset);
    }

    public void Move(ContentDigest digest, long bytes)
    {
        CopyProgress? report = null;
        lock (gate)
        {
            counts[digest].Done += bytes;
            BytesSent += bytes;
            if (progress is not null && time.GetElapsedTime(reported) >= every)
                report = Report_NeedsLock();
        }
        if (report is not null)
            progress!.Report(report);
    }

    public void End(ContentDigest digest, BlobState state)
    {
        CopyProgress report;
        lock (gate)
        {
            (counts[digest].State, counts[digest].Done) = (state, counts[digest].Blob.Size);
            report = Report_NeedsLock();
        }
        progress?.Report(report);
    }

    private CopyProgress Report_NeedsLock()
    {
        reported = time.GetTimestamp();
        return new CopyProgress(
            counts.Values.Sum(count => count.Done), total, [.. counts.Values.Select(count => new BlobProgress(count.Blob.Digest, count.State, count.Done, count.Blob.Size))]);
    }
}
