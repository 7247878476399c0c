using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>One image to build with the engine's own builder.</summary>
public sealed record BuildRequest
{
    public required BuildContext Context { get; init; }

    public required Platform Platform { get; init; }

    /// <summary>The stage to build, or null for the last one.</summary>
    public string? Target { get; init; }

    /// <summary>Names to give to the image.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Images of the engine whose layers may be taken instead of building them again.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Builds every layer again.</summary>
    public bool NoCache { get; init; }

    /// <summary>Asks the registry for newer base images.</summary>
    public bool Pull { get; init; }

    /// <summary>Network of the instructions: <c>none</c>, <c>host</c>; null for the engine's own.</summary>
    public string? Network { get; init; }

    /// <summary>For base images of private registries.</summary>
    public IReadOnlyList<EngineLogin> Logins { get; init; } = [];
}
