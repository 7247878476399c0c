namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>A process that runs steps.</summary>
public sealed class WorkerRecord
{
    public required string Name { get; init; }
    public required string Host { get; init; }
    public required List<string> Labels { get; set; }
    public required DateTimeOffset StartedAt { get; set; }
    public required DateTimeOffset SeenAt { get; set; }
    public long FreeBytes { get; set; }
}
