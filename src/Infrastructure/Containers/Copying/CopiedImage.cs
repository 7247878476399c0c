using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Copying;

/// <summary>What a copy did.</summary>
/// <param name="Size">Bytes of all blobs of the image.</param>
/// <param name="BytesSent">Bytes that went through this process, those sent twice after a break included.</param>
public sealed record CopiedImage(ContentDigest Digest, int Manifests, long Size, long BytesSent, int BlobsSent, int BlobsMounted, int BlobsPresent);
