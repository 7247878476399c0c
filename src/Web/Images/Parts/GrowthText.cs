using ReleaseDashboard.Web.Components.Text;

namespace ReleaseDashboard.Web.Images.Parts;

/// <summary>How much larger something became.</summary>
public static class GrowthText
{
    /// <summary>"+9 MB", "−1.2 kB", "same size"; "first" without one to compare.</summary>
    public static string Of(long? growth) => growth switch
    {
        null => "first",
        0 => "same size",
        > 0 => $"+{SizeText.Of(growth.Value)}",
        _ => $"−{SizeText.Of(-growth.Value)}",
    };

    /// <summary>Megabytes where there are some, for narrow bars.</summary>
    public static string Narrow(long bytes) => bytes >= 10_000_000 ? FormattableString.Invariant($"{bytes / 1e6:0}") : bytes >= 100_000 ? FormattableString.Invariant($"{bytes / 1e6:0.0}") : SizeText.Of(bytes);
}
