namespace ReleaseDashboard.Core.History;

/// <summary>How an attempt ended, as far as time is concerned.</summary>
public enum AttemptEnd
{
    /// <summary>It goes on.</summary>
    Open,

    /// <summary>It did what it should.</summary>
    Done,

    Failed,

    /// <summary>Its worker died; another one went on by itself.</summary>
    Lost,

    /// <summary>The release was aborted or the step left out meanwhile.</summary>
    Cancelled,
}

/// <summary>When one try at a step began and ended.</summary>
/// <param name="Number">1, 2, 3 … in its step.</param>
/// <param name="FinishedAt">Null while it goes on.</param>
/// <param name="Error">What went wrong, in a sentence; null when nothing did.</param>
public sealed record AttemptTime(int Number, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, AttemptEnd End, string? Error = null)
{
    public bool Failed => End is AttemptEnd.Failed or AttemptEnd.Lost;
}
