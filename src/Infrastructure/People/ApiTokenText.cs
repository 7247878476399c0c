using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ReleaseDashboard.Infrastructure.People;

/// <summary>The text form of a token: a prefix that scanners for leaked secrets can know, and 256 random bits.</summary>
internal static class ApiTokenText
{
    private const string Prefix = "rd_";
    private const int RandomBytes = 32;
    private static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(RandomBytes);

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static bool LooksRight(string text) => text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
