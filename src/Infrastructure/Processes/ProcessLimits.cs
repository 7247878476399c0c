namespace ReleaseDashboard.Infrastructure.Processes;

/// <summary>Bounds of one run.</summary>
public sealed record ProcessLimits
{
    public static readonly ProcessLimits Default = new();

    /// <summary>Longest run; infinite when null.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest silence on both output streams; infinite when null.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Time between SIGTERM and SIGKILL.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many characters of standard output are kept unmasked for parsing; 0 keeps none.</summary>
    public int CaptureLimit { get; init; }

    /// <summary>When false, captured standard output is not sent to the sink.</summary>
    public bool ShowCaptured { get; init; } = true;
}
