using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ReleaseDashboard.Core.Images;

/// <summary>The digest of a manifest or blob as the OCI specifications write it: <c>sha256:</c> and 64 hex digits.</summary>
public sealed record ContentDigest
{
    private const string Prefix = "sha256:";
    private const int HexLength = 64;
    private const int AbbreviatedLength = 12;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private ContentDigest(string value) => Value = value;

    public string Value { get; }

    /// <summary>The hex digits alone.</summary>
    public string Hex => Value[Prefix.Length..];

    /// <summary>The first hex digits, for display only.</summary>
    public string Abbreviated => Hex[..AbbreviatedLength];

    public static ContentDigest Of(ReadOnlySpan<byte> content) => new(Prefix + Convert.ToHexStringLower(SHA256.HashData(content)));

    /// <summary>From the 32 bytes of a finished hash.</summary>
    public static ContentDigest OfHash(ReadOnlySpan<byte> sha256) => Parse(Prefix + Convert.ToHexStringLower(sha256));

    public static bool TryParse(string? text, [NotNullWhen(true)] out ContentDigest? digest)
    {
        var good = text is not null && text.Length == Prefix.Length + HexLength && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;
        digest = good ? new ContentDigest(text!) : null;
        return good;
    }

    public static ContentDigest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a SHA-256 digest such as sha256:0123….");

    public override string ToString() => Value;
}
