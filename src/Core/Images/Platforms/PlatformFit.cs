namespace ReleaseDashboard.Core.Images.Platforms;

/// <summary>Whether an image that is there for some platforms serves another one.</summary>
public static class PlatformFit
{
    /// <summary>A processor also runs what was built for an older one of its family: <c>arm/v7</c> takes <c>arm/v6</c>, <c>amd64/v3</c> takes <c>amd64</c>.</summary>
    public static bool Serves(IReadOnlyCollection<Platform> there, Platform wanted) =>
        there.Any(own => own.Os == wanted.Os && own.Architecture == wanted.Architecture && Level(own) <= Level(wanted));

    private static int Level(Platform platform) =>
        platform.Variant is { Length: > 1 } variant && variant[0] == 'v' && int.TryParse(variant.AsSpan(1), out var level) ? level : 0;
}
