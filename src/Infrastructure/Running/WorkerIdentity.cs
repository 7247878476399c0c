namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>This process as a worker. The name is new at every start, so that a lease of an earlier life is never taken for its own.</summary>
public sealed record WorkerIdentity(string Name, string Host, IReadOnlyList<string> Labels)
{
    public static WorkerIdentity ForThisProcess(TimeProvider time)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N")[^8..];
        return new WorkerIdentity($"{Environment.MachineName}-{id}", Environment.MachineName, [PlatformLabel()]);
    }

    private static string PlatformLabel() => System.Runtime.InteropServices.RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "linux/amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "linux/arm64",
        var other => $"linux/{other.ToString().ToLowerInvariant()}",
    };
}
