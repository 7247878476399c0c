using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>A tag and what it has to point to.</summary>
/// <param name="IsVersion">Whether it names the released version: such a tag is never moved.</param>
internal sealed record TagTarget(string Variant, ImageTag Tag, ContentDigest Digest, bool IsVersion);
