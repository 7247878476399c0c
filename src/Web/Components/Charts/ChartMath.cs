namespace ReleaseDashboard.Web.Components.Charts;

/// <summary>Numbers in drawings.</summary>
internal static class ChartMath
{
    /// <summary>As SVG wants it: a point, whatever the reader's language.</summary>
    public static string N(double value) => FormattableString.Invariant($"{(double.IsFinite(value) ? value : 0):0.##}");

    /// <summary>As N, in percent.</summary>
    public static string P(double share) => N(share * 100) + "%";
}
