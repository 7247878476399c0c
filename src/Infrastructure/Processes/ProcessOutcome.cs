namespace ReleaseDashboard.Infrastructure.Processes;

public enum ProcessEnd
{
    Exited,
    TimedOut,
    IdleTimedOut,
    Cancelled,

    /// <summary>The program or the working directory does not exist.</summary>
    NotStarted,
}

/// <summary>How a run ended.</summary>
/// <param name="End">What ended it.</param>
/// <param name="ExitCode">128 + signal number when a signal ended it; null when it never started.</param>
/// <param name="Duration">From start to the end of all output.</param>
/// <param name="Tail">The last lines of both streams, masked, for error messages.</param>
/// <param name="Captured">Standard output as the program wrote it, unmasked: for parsing, never for display.</param>
/// <param name="CaptureCut">True when standard output was longer than the limit.</param>
public sealed record ProcessOutcome(
    ProcessEnd End,
    int? ExitCode,
    TimeSpan Duration,
    IReadOnlyList<string> Tail,
    string Captured,
    bool CaptureCut
)
{
    public bool Succeeded => End == ProcessEnd.Exited && ExitCode == 0;
    public bool TimedOut => End == ProcessEnd.TimedOut;
    public bool IdleTimedOut => End == ProcessEnd.IdleTimedOut;
    public bool Cancelled => End == ProcessEnd.Cancelled;

    // The generated text would print the unmasked capture.
    public override string ToString() => $"{End}, exit code {ExitCode?.ToString() ?? "none"}, after {Duration.TotalSeconds:0.0} s";
}
