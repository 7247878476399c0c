using System.Diagnostics;

namespace ReleaseDashboard.Bench;

/// <summary>Times of something that is done again and again, in milliseconds.</summary>
internal static class Repeated
{
    /// <summary>How often it is done before it counts.</summary>
    public const int WarmUp = 5;

    public static async Task<List<double>> TimeAsync<T>(Func<Task<T>> read, int runs, int warmUp = WarmUp)
    {
        var times = new List<double>(runs);
        for (var run = -warmUp; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await read();
            if (run >= 0)
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times;
    }

    /// <summary>Prints the middle and the late ones beside the table, and returns the late ones (p99).</summary>
    public static double Say(string database, string name, List<double> times)
    {
        var late = new Measure(times).Percentile(0.99);
        Console.Error.WriteLine($"{database,-11} {name,-26} p50 {Measure.Ms(new Measure(times).Median),9}  p99 {Measure.Ms(late),9}");
        return late;
    }
}
