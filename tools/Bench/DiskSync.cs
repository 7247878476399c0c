using System.Diagnostics;

namespace ReleaseDashboard.Bench;

/// <summary>How long this disk takes to make a small write durable: each step of the engine waits for two of these.</summary>
internal static class DiskSync
{
    private const int PageBytes = 4096;

    public static Row Run(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("bench-sync-");
        try
        {
            using var file = new FileStream(Path.Combine(folder.FullName, "file"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[PageBytes];
            var samples = new List<double>();
            for (var run = 0; run < runs; run++)
            {
                var start = Stopwatch.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                samples.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            var measure = new Measure(samples);
            return Row.Note("one durable write to this disk, p50 / p99", $"{Measure.Ms(measure.Median)} / {Measure.Ms(measure.Percentile(0.99))}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
