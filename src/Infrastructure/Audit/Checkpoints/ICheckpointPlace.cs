using ReleaseDashboard.Core.Audit.Checkpoints;

namespace ReleaseDashboard.Infrastructure.Audit.Checkpoints;

/// <summary>A place where copies of checkpoints are kept.</summary>
internal interface ICheckpointPlace
{
    /// <summary>The place for the log, without anything secret.</summary>
    string Name { get; }

    /// <summary>Size of the last checkpoint that it has; 0 for none.</summary>
    Task<long> TakenAsync(CancellationToken cancellationToken);

    /// <exception cref="IOException">It cannot be reached.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached or does not take it.</exception>
    Task TakeAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken);
}
