namespace ReleaseDashboard.Infrastructure.Running;

/// <summary>How a worker keeps its leases and looks for work.</summary>
public sealed record WorkerOptions
{
    /// <summary>Folder for workspaces, artifacts and keys.</summary>
    public required string DataFolder { get; init; }

    /// <summary>How often the holder of a lease shows that it lives.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>A lease whose heartbeat has not moved for this long is free to take.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMilliseconds(1600);

    /// <summary>The safety net: how often the ledger is searched for work nobody was told of.</summary>
    public TimeSpan Patrol { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Name of a crash point at which this process kills itself, for fault tests; see <see cref="CrashPoint"/>.</summary>
    public string? CrashAt { get; init; }

    public string Artifacts => Path.Combine(DataFolder, "artifacts");

    public string Workspaces => Path.Combine(DataFolder, "workspaces");
}
