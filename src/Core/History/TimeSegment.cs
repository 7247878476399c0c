namespace ReleaseDashboard.Core.History;

/// <summary>A stretch of time of one step, without a break.</summary>
/// <param name="Failed">Whether it ended in a failure.</param>
/// <param name="Attempt">The try that it belongs to; null for the time between two tries.</param>
/// <param name="IsOpen">Whether it goes on.</param>
/// <param name="Error">What went wrong, or null.</param>
public sealed record TimeSegment(
    TimeUse Use, DateTimeOffset From, DateTimeOffset To, bool Failed = false, int? Attempt = null, bool IsOpen = false, string? Error = null)
{
    public TimeSpan Length => To - From;

    /// <summary>Where the time of a step went, in order. What goes on ends <paramref name="now"/>.</summary>
    public static IReadOnlyList<TimeSegment> Of(StepTime step, DateTimeOffset now)
    {
        var segments = new List<TimeSegment>();
        var last = step.FinishedAt ?? now;
        foreach (var (index, attempt) in step.Attempts.Index())
        {
            var next = index + 1 < step.Attempts.Count ? step.Attempts[index + 1].StartedAt : last;
            // An attempt that nobody closed ended, at the latest, when the step was settled by hand.
            var end = Earlier(attempt.FinishedAt ?? last, attempt.FinishedAt is null ? next : DateTimeOffset.MaxValue);
            Add(segments, new TimeSegment(TimeUses.Of(step.Kind), attempt.StartedAt, end, attempt.Failed, attempt.Number,
                attempt.FinishedAt is null && step.FinishedAt is null && index + 1 == step.Attempts.Count, attempt.Error));
            if (attempt.Failed)
                Add(segments, new TimeSegment(step.GoesOnByItself(attempt) ? TimeUse.Outside : TimeUse.People, end, next, IsOpen: step.FinishedAt is null && index + 1 == step.Attempts.Count));
        }
        return segments;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static void Add(List<TimeSegment> segments, TimeSegment segment)
    {
        if (segment.To > segment.From || segment.Attempt is not null)
            segments.Add(segment);
    }
}
