using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>What a manifest says of something it refers to.</summary>
/// <param name="Size">Bytes.</param>
public sealed record ContentDescriptor(string MediaType, ContentDigest Digest, long Size)
{
    /// <summary>In an index: what the image runs on; null when it does not say.</summary>
    public Platform? Platform { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public string? ArtifactType { get; init; }

    /// <summary>Where a layer that must not be pushed can be had.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];

    /// <summary>Whether it tells how an image was built, and is no image: buildx adds such entries with the platform unknown/unknown.</summary>
    public bool IsAttestation => Platform is { Os: "unknown" } || Annotations.ContainsKey("vnd.docker.reference.type");

    /// <summary>Whether it is a layer that its image says must not be pushed.</summary>
    public bool IsForeign => Urls.Count > 0 && Registry.MediaType.IsForeignLayer(MediaType);
}
