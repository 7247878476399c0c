using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ReleaseDashboard.Core.Audit.Merkle;

namespace ReleaseDashboard.Core.Audit.Checkpoints;

/// <summary>A checkpoint with its signature: ECDSA on P-256 over SHA-256 of the lines above the last one, DER, base64.</summary>
public sealed record SignedCheckpoint(AuditCheckpoint Checkpoint, string Signature)
{
    private static readonly string[] Names = ["origin", "size", "root", "head", "time", "previous", "key", "signature"];

    /// <summary>The whole text as it is handed out.</summary>
    public string Text => $"{Checkpoint.ToSign()}signature: {Signature}\n";

    /// <summary>Size and SHA-256 of the text: what the next checkpoint says of this one.</summary>
    public string Reference => string.Create(CultureInfo.InvariantCulture, $"{Checkpoint.Size} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}");

    public static SignedCheckpoint Sign(AuditCheckpoint checkpoint, ECDsa key) =>
        new(checkpoint, Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(checkpoint.ToSign()), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));

    public bool IsSignedBy(ECDsa publicKey)
    {
        var signature = new byte[Signature.Length];
        return Convert.TryFromBase64String(Signature, signature, out var length)
            && publicKey.VerifyData(Encoding.UTF8.GetBytes(Checkpoint.ToSign()), signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Reads one text; null when it is none. Nothing is said about its signature yet.</summary>
    public static SignedCheckpoint? Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length != Names.Length + 1 || lines[0] != AuditCheckpoint.Title)
            return null;
        var values = new string[Names.Length];
        for (var at = 0; at < Names.Length; at++)
        {
            if (!lines[at + 1].StartsWith(Names[at] + ": ", StringComparison.Ordinal))
                return null;
            values[at] = lines[at + 1][(Names[at].Length + 2)..];
        }
        return long.TryParse(values[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            && Hash256.TryParse(values[2], out var root) && Hash256.TryParse(values[3], out var head)
            && DateTimeOffset.TryParseExact(values[4], AuditCheckpoint.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new SignedCheckpoint(new AuditCheckpoint(values[0], size, root, head, time, values[5], values[6]), values[7])
            : null;
    }

    /// <summary>Reads every checkpoint of a file to which they were appended. What stands between them is passed over, a broken one is null.</summary>
    public static IReadOnlyList<SignedCheckpoint?> ReadAll(string text)
    {
        var found = new List<SignedCheckpoint?>();
        var from = text.IndexOf(AuditCheckpoint.Title, StringComparison.Ordinal);
        while (from >= 0)
        {
            var next = text.IndexOf(AuditCheckpoint.Title, from + 1, StringComparison.Ordinal);
            found.Add(Read(next < 0 ? text[from..] : text[from..next]));
            from = next;
        }
        return found;
    }
}
