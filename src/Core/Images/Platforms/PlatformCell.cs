namespace ReleaseDashboard.Core.Images.Platforms;

/// <summary>Whether a variant is there for a platform.</summary>
public enum PlatformState
{
    /// <summary>It is in the registry.</summary>
    Built,

    /// <summary>The project builds it, and it is not there.</summary>
    Missing,

    /// <summary>It cannot be built, and the reason is known.</summary>
    Impossible,

    /// <summary>The project does not build it, and nobody wrote why.</summary>
    NotPlanned,
}

/// <summary>One variant on one platform.</summary>
/// <param name="Image">What is in the registry; null unless built.</param>
/// <param name="Reason">Why it is impossible; null unless it is.</param>
/// <param name="Note">The maintainers' own note for it, also when it is built after all.</param>
public sealed record PlatformCell(string Variant, Platform Platform, PlatformState State, PlatformImage? Image, string? Reason, string? Note);
