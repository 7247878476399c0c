namespace ReleaseDashboard.Infrastructure.Containers.Engine;

/// <summary>The value of a call that only succeeds or fails.</summary>
public sealed record Nothing
{
    private Nothing() { }

    public static Nothing Here { get; } = new();
}
