namespace ReleaseDashboard.Core.Images;

/// <summary>One platform's image behind a tag.</summary>
/// <param name="Platform">What it runs on.</param>
/// <param name="Digest">Of its manifest.</param>
/// <param name="Size">Bytes of its layers and configuration as a registry keeps them, compressed.</param>
public sealed record PlatformImage(Platform Platform, ContentDigest Digest, long Size);
