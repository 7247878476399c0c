namespace ReleaseDashboard.Core.History;

/// <summary>When a step of a release ran, and in how many tries.</summary>
/// <param name="Key">Its id in the playbook.</param>
/// <param name="Stage">Id of its stage.</param>
/// <param name="Kind">Such as <c>git.tag</c>; tells what the time went into.</param>
/// <param name="Tries">How often the playbook lets it be tried without asking anybody; 1 for once.</param>
/// <param name="StartedAt">Null for a step that never began.</param>
/// <param name="FinishedAt">Null while it is not settled.</param>
/// <param name="Attempts">In order.</param>
public sealed record StepTime(
    string Key, string Title, string Stage, string StageTitle, string Kind, int Tries,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, IReadOnlyList<AttemptTime> Attempts)
{
    /// <summary>Whether the next try after this one began without a person.</summary>
    public bool GoesOnByItself(AttemptTime attempt) => attempt.End == AttemptEnd.Lost || attempt.Number < Tries;

    /// <summary>Failed tries.</summary>
    public int Failures => Attempts.Count(attempt => attempt.Failed);

    /// <summary>Of them, those after which it went on without a person.</summary>
    public int Retries => Attempts.Count(attempt => attempt.Failed && GoesOnByItself(attempt) && Attempts.Any(later => later.Number > attempt.Number));
}
