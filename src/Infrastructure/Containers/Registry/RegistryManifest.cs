using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>A manifest or an index with its exact bytes: another spelling of the same JSON is another digest.</summary>
/// <param name="Digest">Of <paramref name="Content"/>; computed here, not believed.</param>
public sealed record RegistryManifest(ContentDigest Digest, string MediaType, ReadOnlyMemory<byte> Content, ManifestDocument Document)
{
    public bool IsIndex => Document.IsIndex;
}

/// <summary>Which manifest a tag or digest names, without its content.</summary>
public sealed record ManifestHead(ContentDigest Digest, string MediaType);
