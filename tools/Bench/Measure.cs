using System.Globalization;

namespace ReleaseDashboard.Bench;

/// <summary>Several runs of one thing, in milliseconds.</summary>
internal sealed class Measure(IEnumerable<double> samples)
{
    private readonly List<double> sorted = [.. samples.Order()];

    public double Median => Percentile(0.5);

    public double Percentile(double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    public static string Ms(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) + " ms";

    public static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture) + " times";
}

/// <summary>A row of the table: a figure beside its reference, both from this run.</summary>
internal sealed record Row(string What, string Ours, string Reference, string Ratio, string Target, bool? Met)
{
    /// <summary>A figure that explains others and has no target.</summary>
    public static Row Note(string what, string value) => new(what, value, "", "", "", null);

    public string Verdict => Met switch { true => "met", false => "NOT MET", null => "" };
}
