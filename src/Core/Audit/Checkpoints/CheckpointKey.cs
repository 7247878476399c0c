using System.Security.Cryptography;

namespace ReleaseDashboard.Core.Audit.Checkpoints;

/// <summary>The name of a signing key: the beginning of the SHA-256 of its public half, so that it can be checked.</summary>
public static class CheckpointKey
{
    private const int Digits = 16;

    public static ECDsa Create() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>16 hexadecimal digits over the key's SubjectPublicKeyInfo.</summary>
    public static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..Digits];
}
