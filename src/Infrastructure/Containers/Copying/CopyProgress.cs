using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Copying;

public enum BlobState
{
    Waiting,
    Copying,

    /// <summary>Was in the target already.</summary>
    Present,

    /// <summary>Taken over from another repository of the same registry.</summary>
    Mounted,

    /// <summary>Sent through this process.</summary>
    Copied,
}

/// <summary>How far one layer or configuration has come, in bytes.</summary>
public sealed record BlobProgress(ContentDigest Digest, BlobState State, long Done, long Size);

/// <summary>How far a copy has come.</summary>
/// <param name="Done">Bytes of blobs that are in the target.</param>
/// <param name="Total">Bytes of all blobs.</param>
public sealed record CopyProgress(long Done, long Total, IReadOnlyList<BlobProgress> Blobs);
