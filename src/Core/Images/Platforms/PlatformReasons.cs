using ReleaseDashboard.Core.Projects;

namespace ReleaseDashboard.Core.Images.Platforms;

/// <summary>Why a variant cannot be built for a platform.</summary>
internal sealed class PlatformReasons(
    ImageSettings settings, IReadOnlyList<PlatformNeed> needs, IReadOnlyDictionary<ImageReference, IReadOnlyCollection<Platform>> bases)
{
    /// <summary>The maintainers' own words; of several notes the one that names the variant, then the one that names the platform.</summary>
    public string? Note(string variant, Platform platform) => settings.Notes
        .Where(note => (note.Variant == "*" || note.Variant == variant) && Covers(note.Platform, platform))
        .OrderBy(note => note.Variant == "*")
        .ThenBy(note => note.Platform.EndsWith('*'))
        .FirstOrDefault()?.Reason;

    /// <summary>The image it is made with that is not there for the platform; null when none is known to be missing.</summary>
    public string? Lack(string variant, Platform platform) => Lack(variant, platform, []);

    private string? Lack(string variant, Platform platform, HashSet<string> seen)
    {
        if (!seen.Add(variant) || needs.FirstOrDefault(need => need.Variant == variant && need.Platform == platform) is not { } own)
            return null;
        var image = own.Images.FirstOrDefault(image => bases.TryGetValue(image.Reference, out var there) && !PlatformFit.Serves(there, image.Platform));
        if (image is not null)
            return $"{image.Reference.Familiar} (line {image.Line}) is not there for {image.Platform}.";
        return own.Variants
            .Select(other => (other, Reason: Note(other, platform) ?? Lack(other, platform, seen)))
            .Where(found => found.Reason is not null)
            .Select(found => $"It is made with {found.other}: {found.Reason}")
            .FirstOrDefault();
    }

    private static bool Covers(string pattern, Platform platform) =>
        pattern.EndsWith('*')
            ? platform.ToString().StartsWith(pattern[..^1], StringComparison.Ordinal)
            : Platform.TryParse(pattern, out var exact, out _) && exact == platform;
}
