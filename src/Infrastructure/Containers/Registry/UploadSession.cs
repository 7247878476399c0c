namespace ReleaseDashboard.Infrastructure.Containers.Registry;

/// <summary>A blob on its way into a registry.</summary>
/// <param name="Location">Where the next bytes go; it changes with every part.</param>
/// <param name="Offset">Bytes that the registry has.</param>
public sealed record UploadSession(Uri Location, long Offset)
{
    /// <summary>The least bytes a part must have unless it is the last; 0 when the registry does not say.</summary>
    public long LeastPart { get; init; }
}
