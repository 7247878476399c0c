using ReleaseDashboard.Core.Images;

namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>One container to make. It gets nothing of this machine but what is named here.</summary>
/// <param name="Image">A name, a name by digest, or an image id that the engine has.</param>
public sealed record ContainerRequest(string Image)
{
    /// <summary>Replaces the image's command; empty leaves it.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Replaces the image's entry point; null leaves it.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Folders of the engine's machine, mounted read-only.</summary>
    public IReadOnlyList<ReadOnlyMount> Mounts { get; init; } = [];

    /// <summary>Whether it may use the network.</summary>
    public bool Network { get; init; }

    /// <summary>Bytes of memory.</summary>
    public long Memory { get; init; } = 1024L * 1024 * 1024;

    public int Processes { get; init; } = 512;

    /// <summary>How many processors' time it may use.</summary>
    public double Processors { get; init; } = 2;

    public Platform? Platform { get; init; }
}

/// <summary>A folder that a container sees and cannot change.</summary>
public sealed record ReadOnlyMount(string Source, string Target);
