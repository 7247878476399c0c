namespace ReleaseDashboard.Infrastructure.Processes;

public enum OutputStream
{
    /// <summary>The command line itself, as <c>$ git fetch</c>.</summary>
    Command,
    Output,
    Error,
}

/// <summary>Receives masked lines in batches, one call at a time. A slow sink slows the process down (its pipe fills up).</summary>
public delegate ValueTask OutputSink(OutputStream stream, IReadOnlyList<string> lines, CancellationToken cancellation);

public static class OutputSinks
{
    /// <summary>For calls whose output nobody reads.</summary>
    public static readonly OutputSink None = static (_, _, _) => ValueTask.CompletedTask;
}
