namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>What the engine is told of a container.</summary>
internal static class ContainerBody
{
    private const long NanoProcessors = 1_000_000_000;

    public static object Of(ContainerRequest request) => new
    {
        request.Image,
        Cmd = request.Command.Count > 0 ? request.Command : null,
        request.Entrypoint,
        Env = request.Environment.Select(pair => $"{pair.Key}={pair.Value}").ToList(),
        request.Labels,
        NetworkDisabled = !request.Network,
        HostConfig = new
        {
            // Mounts, not binds: the engine would make a missing folder of a bind.
            Mounts = request.Mounts.Select(mount => new { Type = "bind", mount.Source, mount.Target, ReadOnly = true }).ToList(),
            NetworkMode = request.Network ? "default" : "none",
            request.Memory,
            MemorySwap = request.Memory,
            PidsLimit = request.Processes,
            NanoCpus = (long)(request.Processors * NanoProcessors),
            SecurityOpt = new[] { "no-new-privileges" },
        },
    };
}
