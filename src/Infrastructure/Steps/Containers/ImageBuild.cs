using ReleaseDashboard.Core.Images;
using ReleaseDashboard.Core.Projects;
using ReleaseDashboard.Infrastructure.Containers.Engine;

namespace ReleaseDashboard.Infrastructure.Steps.Containers;

/// <summary>One image to build, with everything a builder needs.</summary>
/// <param name="Dockerfile">Its text, own variants already in their places.</param>
/// <param name="Folder">What it can copy from.</param>
/// <param name="Time">Time of every file in it.</param>
/// <param name="Name">What it is called on the engine.</param>
/// <param name="Machine">The platform of the machine that builds.</param>
/// <param name="UseCache">Whether layers that were built before may be taken.</param>
internal sealed record ImageBuild(
    ImageKey Key, ImageVariant Variant, string Dockerfile, string Folder, DateTimeOffset Time, ImageReference Name,
    IReadOnlyDictionary<string, string> Labels, Platform Machine, bool UseCache)
{
    /// <summary>Whether registries are asked for newer base images.</summary>
    public bool Pull { get; init; }

    /// <summary>The image of the version before, whose layers may be taken; null for a first release.</summary>
    public ImageReference? Previous { get; init; }

    /// <summary>For base images in the project's own registries.</summary>
    public IReadOnlyList<EngineLogin> Logins { get; init; } = [];

    public IReadOnlyDictionary<string, string> Arguments => Variant.Arguments
        .Select(argument => argument.Split('=', 2))
        .Where(parts => parts[0].Length > 0)
        .GroupBy(parts => parts[0])
        .ToDictionary(same => same.Key, same => same.Last() is [_, var value] ? value : "");
}
