using System.Diagnostics.CodeAnalysis;

namespace ReleaseDashboard.Core.Images;

/// <summary>One image: a repository with a tag, a digest, or both. With neither, <c>latest</c> is meant.</summary>
/// <param name="Repository">Where it is.</param>
/// <param name="Tag">Its tag, or null.</param>
/// <param name="Digest">The digest of its manifest or index, or null. When there is one it decides.</param>
public sealed record ImageReference(ImageRepository Repository, ImageTag? Tag, ContentDigest? Digest = null)
{
    public static ImageTag Latest { get; } = ImageTag.Parse("latest");

    /// <summary>What a registry is asked for: the digest, else the tag, else <c>latest</c>.</summary>
    public string Selector => Digest?.Value ?? (Tag ?? Latest).Value;

    public static bool TryParse(string? text, [NotNullWhen(true)] out ImageReference? reference, [NotNullWhen(false)] out string? fault)
    {
        reference = null;
        var name = text ?? "";
        ContentDigest? digest = null;
        ImageTag? tag = null;
        if (name.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            if (!ContentDigest.TryParse(name[(at + 1)..], out digest))
            {
                fault = $"'{text}' holds no SHA-256 digest after '@'.";
                return false;
            }
            name = name[..at];
        }
        // A colon before a slash belongs to the port of the registry.
        if (name.LastIndexOf(':') is >= 0 and var colon && name.IndexOf('/', colon) < 0)
        {
            if (!ImageTag.TryParse(name[(colon + 1)..], out tag, out fault))
                return false;
            name = name[..colon];
        }
        if (!ImageRepository.TryParse(name, out var repository, out fault))
            return false;
        reference = new ImageReference(repository, tag, digest);
        return true;
    }

    public static ImageReference Parse(string text) => TryParse(text, out var reference, out var fault) ? reference : throw new FormatException(fault);

    /// <summary>As people write it, short.</summary>
    public string Familiar => Repository.Familiar + Suffix;

    public override string ToString() => Repository + Suffix;

    private string Suffix => (Tag is null ? "" : $":{Tag}") + (Digest is null ? "" : $"@{Digest}");
}
