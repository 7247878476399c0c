namespace ReleaseDashboard.Infrastructure.Persistence.Records;

/// <summary>Some lines of an attempt's log, masked.</summary>
public sealed class LogChunkRecord
{
    public required Guid AttemptId { get; init; }

    /// <summary>Number of its first line, from 1.</summary>
    public required long FirstLine { get; init; }

    public required int Lines { get; init; }

    /// <summary>Each line ends with a line feed.</summary>
    public required string Text { get; init; }
}
