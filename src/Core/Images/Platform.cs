using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Core.Images;

/// <summary>An operating system and processor: <c>linux/amd64</c>, <c>linux/arm/v7</c>.</summary>
public sealed record Platform : IComparable<Platform>
{
    private Platform(string os, string architecture, string? variant) => (Os, Architecture, Variant) = (os, architecture, variant);

    public string Os { get; }

    public string Architecture { get; }

    /// <summary>Such as <c>v7</c>; null when there is none. <c>arm64/v8</c> is written without, as registries do both.</summary>
    public string? Variant { get; }

    public static Platform LinuxAmd64 { get; } = new("linux", "amd64", null);

    public static bool TryParse(string? text, [NotNullWhen(true)] out Platform? platform, [NotNullWhen(false)] out string? fault)
    {
        var parts = (text ?? "").Split('/');
        fault = parts.Length is 2 or 3 && parts.All(IsName) ? null : $"'{text}' is not a platform such as linux/amd64 or linux/arm/v7.";
        platform = fault is null ? Of(parts[0], parts[1], parts.Length == 3 ? parts[2] : null) : null;
        return platform is not null;
    }

    public static Platform Parse(string text) => TryParse(text, out var platform, out var fault) ? platform : throw new FormatException(fault);

    /// <summary>From the three fields of an image's configuration, brought to one spelling.</summary>
    public static Platform Of(string os, string architecture, string? variant) => (architecture, variant) switch
    {
        ("x86_64" or "x86-64", _) => new Platform(os, "amd64", null),
        ("aarch64", _) or ("arm64", null or "" or "v8") => new Platform(os, "arm64", null),
        ("amd64", "v1") or (_, "") => new Platform(os, architecture, null),
        ("arm", null) => new Platform(os, "arm", "v7"),
        _ => new Platform(os, architecture, variant),
    };

    public int CompareTo(Platform? other) => string.CompareOrdinal(ToString(), other?.ToString());

    public static bool operator <(Platform left, Platform right) => left.CompareTo(right) < 0;

    public static bool operator >(Platform left, Platform right) => left.CompareTo(right) > 0;

    public static bool operator <=(Platform left, Platform right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Platform left, Platform right) => left.CompareTo(right) >= 0;

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    // A processor may be called by a number alone: linux/386.
    private static bool IsName(string part) =>
        part.Length is > 0 and <= 32 && char.IsAsciiLetterOrDigit(part[0]) && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}
