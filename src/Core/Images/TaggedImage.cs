namespace ReleaseDashboard.Core.Images;

/// <summary>What one tag of a repository points to.</summary>
/// <param name="Variant">The variant of the project it is.</param>
/// <param name="Tag">The tag that was asked for.</param>
/// <param name="Digest">Of the index, or of the manifest where there is a single platform.</param>
/// <param name="Platforms">Every platform, sorted.</param>
public sealed record TaggedImage(string Variant, string Tag, ContentDigest Digest, IReadOnlyList<PlatformImage> Platforms)
{
    public bool Equals(TaggedImage? other) =>
        other is not null && (Variant, Tag, Digest) == (other.Variant, other.Tag, other.Digest) && Platforms.SequenceEqual(other.Platforms);

    public override int GetHashCode() => HashCode.Combine(Variant, Tag, Digest);
}
