namespace ReleaseDashboard.Core.History;

/// <summary>What a version is found by: its first part, its first two, and all of it, so that <c>1.2</c> finds 1.2.0 and not 1.20.</summary>
/// <param name="First">Such as <c>1</c>.</param>
/// <param name="Second">Such as <c>1.2</c>.</param>
public sealed record VersionKeys(string First, string Second)
{
    public static VersionKeys Of(string version)
    {
        var parts = version.Split('.', 3);
        return new VersionKeys(Digits(parts[0]), parts.Length > 1 ? parts[0] + "." + Digits(parts[1]) : Digits(parts[0]));
    }

    // 1.2rc1 belongs to 1.2.
    private static string Digits(string part) => part.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and > 0 ? part[..end] : part;
}
