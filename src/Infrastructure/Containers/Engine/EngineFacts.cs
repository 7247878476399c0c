namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>What the engine says before a version is agreed on.</summary>
/// <param name="ApiVersion">The newest version of its API: <c>1.41</c>.</param>
/// <param name="Os">The containers' operating system: <c>linux</c>.</param>
public sealed record EnginePing(string ApiVersion, string Os);

/// <summary>Which engine it is.</summary>
/// <param name="Version">Of the program: <c>20.10.24</c>.</param>
/// <param name="Arch">Processor, as Go names it: <c>amd64</c>.</param>
public sealed record EngineVersion(string Version, string ApiVersion, string? MinAPIVersion, string Os, string Arch, string? KernelVersion);

/// <summary>How the engine is doing.</summary>
/// <param name="Driver">Storage driver: <c>overlay2</c>.</param>
/// <param name="Ncpu">Processors.</param>
/// <param name="MemTotal">Bytes of memory.</param>
/// <param name="Architecture">As the kernel names it: <c>x86_64</c>.</param>
/// <param name="Warnings">In the engine's words.</param>
public sealed record EngineInfo(
    string? Name, string ServerVersion, string Driver, string? DockerRootDir, int Images, int Containers, int ContainersRunning,
    int Ncpu, long MemTotal, string OSType, string Architecture, string? OperatingSystem, IReadOnlyList<string>? Warnings);

/// <summary>What the engine keeps on its disk.</summary>
/// <param name="LayersSize">Bytes of all layers, shared ones once.</param>
public sealed record EngineDiskUse(
    long LayersSize, IReadOnlyList<DiskImage>? Images, IReadOnlyList<DiskContainer>? Containers, IReadOnlyList<DiskVolume>? Volumes, IReadOnlyList<DiskCache>? BuildCache)
{
    /// <summary>Bytes that containers wrote.</summary>
    public long ContainersSize => Containers?.Sum(container => container.SizeRw) ?? 0;

    /// <summary>Bytes of volumes whose size the engine knows.</summary>
    public long VolumesSize => Volumes?.Sum(volume => Math.Max(0, volume.UsageData?.Size ?? 0)) ?? 0;

    /// <summary>Bytes of BuildKit's cache.</summary>
    public long CacheSize => BuildCache?.Sum(cache => cache.Size) ?? 0;
}

/// <summary>An image on the engine's disk; sizes in bytes.</summary>
public sealed record DiskImage(string Id, IReadOnlyList<string>? RepoTags, long Size, long SharedSize, long Containers);

/// <summary>A container on the engine's disk.</summary>
public sealed record DiskContainer(string Id, string Image, string State, long SizeRw);

/// <summary>A volume on the engine's disk.</summary>
public sealed record DiskVolume(string Name, DiskVolumeUse? UsageData);

/// <summary>Bytes of a volume; -1 where the engine does not know.</summary>
public sealed record DiskVolumeUse(long Size, long RefCount);

/// <summary>One record of BuildKit's cache.</summary>
public sealed record DiskCache(string Id, long Size, bool InUse);

/// <summary>What was freed.</summary>
/// <param name="SpaceReclaimed">Bytes.</param>
public sealed record Pruned(long SpaceReclaimed);
