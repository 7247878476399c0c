namespace ReleaseDashboard.Infrastructure.Containers.Copying;

public sealed record CopyOptions
{
    /// <summary>Blobs on their way at once.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>How often a blob is taken up again after its way into the target broke.</summary>
    public int BlobRetries { get; init; } = 4;

    /// <summary>Least time between two reports of progress.</summary>
    public TimeSpan ProgressEvery { get; init; } = TimeSpan.FromMilliseconds(250);
}
