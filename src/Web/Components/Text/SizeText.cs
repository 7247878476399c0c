namespace ReleaseDashboard.Web.Components.Text;

/// <summary>How large something is.</summary>
public static class SizeText
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB"];

    /// <summary>"312 bytes", "48.2 kB", "412 MB": decimal units, as indexes show them.</summary>
    public static string Of(long bytes)
    {
        if (bytes < 1000)
            return bytes == 1 ? "1 byte" : $"{bytes} bytes";
        var (value, unit) = (bytes / 1000.0, 0);
        while (value >= 999.5 && unit < Units.Length - 1)
            (value, unit) = (value / 1000, unit + 1);
        return value < 99.95 ? FormattableString.Invariant($"{value:0.#} {Units[unit]}") : FormattableString.Invariant($"{value:0} {Units[unit]}");
    }
}
